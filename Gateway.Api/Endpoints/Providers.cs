using Gateway.Api.Routing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Endpoints;

/// <summary><c>GET /admin/providers</c>: the targets of every alias as the gateway sees them now.</summary>
internal static class Providers
{
    public static void MapProviders(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/providers", List).WithTags("Providers").WithName("listProviders").WithSummary("How every target fares: circuit, speed, share, last failure.");

    private static Ok<TargetList> List(Router router) =>
        TypedResults.Ok(new TargetList("list", [.. router.Routes().SelectMany(route => ShownTarget.Of(route))]));

    private sealed record TargetList(string Object, IReadOnlyList<ShownTarget> Data);

    /// <param name="Model">The alias.</param>
    /// <param name="Target"><c>provider/model</c>.</param>
    /// <param name="Circuit"><c>closed</c>, <c>half_open</c> or <c>open</c>.</param>
    /// <param name="LeftAloneForSeconds">How long it will get no request; null where it may.</param>
    /// <param name="FirstTokenSeconds">Moving average of the time to the first token.</param>
    /// <param name="PerTokenSeconds">Moving average of the time for each token.</param>
    /// <param name="Attempts">Attempts since the gateway started, under every alias.</param>
    /// <param name="Failures">Those that failed.</param>
    /// <param name="Share">Its part of the attempts at this alias's targets; null before the first.</param>
    private sealed record ShownTarget(
        string Model, string Target, string Policy, string Circuit, double? LeftAloneForSeconds, int InFlight, double FirstTokenSeconds, double PerTokenSeconds,
        long Attempts, long Failures, double? Share, ShownFailure? LastFailure)
    {
        public static IEnumerable<ShownTarget> Of(ModelRoute route)
        {
            var attempts = route.Targets.Sum(target => target.Health.Load.Attempts);
            return route.Targets.Select(target => new ShownTarget(
                route.Alias,
                target.Name,
                route.PolicyName,
                target.Health.Circuit.State,
                target.Health.Circuit.Pause?.TotalSeconds,
                target.Health.Load.InFlight,
                target.Health.Load.FirstTokenSeconds,
                target.Health.Load.PerTokenSeconds,
                target.Health.Load.Attempts,
                target.Health.Load.Failures,
                attempts > 0 ? (double)target.Health.Load.Attempts / attempts : null,
                target.Health.Load.LastFailure is { } failure ? new ShownFailure(failure.At, failure.Reason) : null));
        }
    }

    private sealed record ShownFailure(DateTimeOffset At, string Reason);
}
