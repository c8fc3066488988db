using Gateway.Api.Access;
using Gateway.Api.Files;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Endpoints;

/// <summary>What holds for files and batches alike: they belong to the holder of a key, and their store may be away.</summary>
internal static class StoreFilter
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public static RouteGroupBuilder NeedsStore(this RouteGroupBuilder routes) => routes.AddEndpointFilter(RunAsync);

    private static async ValueTask<object?> RunAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        // Whoever brings one is unknown until Bedrock was asked.
        if (Caller.BringsBedrockTokenTo(context.HttpContext))
        {
            return new RefusalResult(FileRefusals.NoOwner);
        }

        try
        {
            return await next(context);
        }
        catch (StoreUnavailableException failure)
        {
            return new RefusalResult(Refusal.StateUnavailable($"{failure.Message} Try again in a moment.", RetryAfter));
        }
    }
}
