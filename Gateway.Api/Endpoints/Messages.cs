using Gateway.Api.Messages;

namespace Gateway.Api.Endpoints;

/// <summary>Anthropic's API, https://docs.anthropic.com/en/api/messages, in front of every provider.</summary>
internal static class Messages
{
    public static void MapMessages(this IEndpointRouteBuilder endpoints)
    {
        var messages = endpoints.MapGroup("/messages");
        messages.MapModelCall("", static () => new MessagesCodec())
            .DescribesMessages("createMessage", "Answers a conversation in the form of Anthropic's Messages API.", "Anthropic's message; with \"stream\": true its events as server-sent events.");
        messages.MapTokenCount("/count_tokens");

        // What else Anthropic has below this route is refused in Anthropic's form too.
        messages.Map("/{**rest}", static http =>
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        messages.WithMetadata(AnthropicErrors.Form);
    }

    private static void MapTokenCount(this IEndpointRouteBuilder endpoints, string pattern)
    {
        var count = endpoints.ServiceProvider.GetRequiredService<TokenCount>();
        RequestDelegate run = count.RunAsync;
        endpoints.MapPost(pattern, run).WithMetadata(run.Method)
            .DescribesMessages("countMessageTokens", "Estimates the tokens of a conversation.", "{\"input_tokens\":n}, an estimate.");
    }
}
