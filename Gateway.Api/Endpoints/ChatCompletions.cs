using Gateway.Api.Requests;

namespace Gateway.Api.Endpoints;

/// <summary>https://platform.openai.com/docs/api-reference/chat</summary>
internal static class ChatCompletions
{
    public static void MapChatCompletions(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapModelCall("/chat/completions", Operation.Chat)
            .DescribesModelCall(Operation.Chat, "createChatCompletion", "Answers a conversation.");
}
