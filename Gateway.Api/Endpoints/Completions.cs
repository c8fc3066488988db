using Gateway.Api.Requests;

namespace Gateway.Api.Endpoints;

/// <summary>https://platform.openai.com/docs/api-reference/completions</summary>
internal static class Completions
{
    public static void MapCompletions(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapModelCall("/completions", Operation.Completions)
            .DescribesModelCall(Operation.Completions, "createCompletion", "Completes a text.");
}
