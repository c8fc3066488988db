using Gateway.Api.Pipeline;
using Gateway.Api.Requests;

namespace Gateway.Api.Endpoints;

/// <summary>https://platform.openai.com/docs/api-reference/chat</summary>
internal static class ChatCompletions
{
    public static void MapChatCompletions(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/chat/completions", (HttpContext http, RequestPipeline pipeline) => pipeline.RunAsync(http, Operation.Chat))
            .DescribesModelCall(Operation.Chat, "createChatCompletion", "Answers a conversation.");
}
