using Gateway.Api.Routing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Endpoints;

/// <summary><c>GET /admin/providers</c>: the targets of every alias as the gateway sees them now.</summary>
internal static class Providers
{
    public static void MapProviders(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/providers", List).WithTags("Providers").WithName("listProviders").WithSummary("How every target fares: whether it can be used, circuit, speed, share, last failure.");

    private static Ok<TargetList> List(Router router) =>
        TypedResults.Ok(new TargetList("list", [.. router.ConfiguredRoutes().SelectMany(route => ShownTarget.Of(route, hasFallback: router.Find(route.Alias) is { HasFallback: true }))]));

    private sealed record TargetList(string Object, IReadOnlyList<ShownTarget> Data);

    /// <param name="Model">The alias.</param>
    /// <param name="Target"><c>provider/model</c>.</param>
    /// <param name="Available">Whether a request would be served as far as is known: there are credentials, they were not refused at the last attempt, and the target is not left alone.</param>
    /// <param name="Reason">Why it is not; null where it is.</param>
    /// <param name="Remedy">What to do about it.</param>
    /// <param name="Circuit"><c>closed</c>, <c>half_open</c> or <c>open</c>.</param>
    /// <param name="LeftAloneForSeconds">How long it will get no request; null where it may.</param>
    /// <param name="FirstTokenSeconds">Moving average of the time to the first token.</param>
    /// <param name="PerTokenSeconds">Moving average of the time for each token.</param>
    /// <param name="Attempts">Attempts since the gateway started, under every alias.</param>
    /// <param name="Failures">Those that failed.</param>
    /// <param name="Share">Its part of the attempts at this alias's targets; null before the first.</param>
    private sealed record ShownTarget(
        string Model, string Target, bool Available, string? Reason, string? Remedy, string Policy, string Circuit, double? LeftAloneForSeconds, int InFlight,
        double FirstTokenSeconds, double PerTokenSeconds, long Attempts, long Failures, double? Share, ShownFailure? LastFailure)
    {
        public static IEnumerable<ShownTarget> Of(ModelRoute route, bool hasFallback)
        {
            var attempts = route.Targets.Sum(target => target.Health.Load.Attempts);
            return route.Targets.Select(target => (Target: target, Problem: target.ProblemNow(hasFallback))).Select(shown => new ShownTarget(
                route.Alias,
                shown.Target.Name,
                shown.Problem is null,
                shown.Problem?.Reason,
                shown.Problem?.Remedy,
                route.PolicyName,
                shown.Target.Health.Circuit.State,
                shown.Target.Health.Circuit.Pause?.TotalSeconds,
                shown.Target.Health.Load.InFlight,
                shown.Target.Health.Load.FirstTokenSeconds,
                shown.Target.Health.Load.PerTokenSeconds,
                shown.Target.Health.Load.Attempts,
                shown.Target.Health.Load.Failures,
                attempts > 0 ? (double)shown.Target.Health.Load.Attempts / attempts : null,
                shown.Target.Health.Load.LastFailure is { } failure ? new ShownFailure(failure.At, failure.Reason) : null));
        }
    }

    private sealed record ShownFailure(DateTimeOffset At, string Reason);
}
