using Gateway.Api.Routing;

namespace Gateway.Api.Endpoints;

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
/// <param name="RecentAttempts">Attempts in the last five minutes.</param>
/// <param name="RecentFailures">Those that failed.</param>
/// <param name="RecentShare">Its part of the recent attempts at this alias's targets; null where there were none.</param>
internal sealed record TargetState(
    string Model, string Target, bool Available, string? Reason, string? Remedy, string Policy, string Circuit, double? LeftAloneForSeconds, int InFlight,
    double FirstTokenSeconds, double PerTokenSeconds, long Attempts, long Failures, double? Share, long RecentAttempts, long RecentFailures, double? RecentShare, TargetState.ShownFailure? LastFailure)
{
    public static IEnumerable<TargetState> Of(ModelRoute route, bool hasFallback, RecentAttempts recent)
    {
        var targets = route.Targets.Select(target => (Target: target, Problem: target.ProblemNow(hasFallback), Recent: recent.Of(target))).ToList();
        var attempts = route.Targets.Sum(target => target.Health.Load.Attempts);
        var recentAttempts = targets.Sum(target => target.Recent.Attempts);
        return targets.Select(shown => new TargetState(
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
            ShareOf(shown.Target.Health.Load.Attempts, attempts),
            shown.Recent.Attempts,
            shown.Recent.Failures,
            ShareOf(shown.Recent.Attempts, recentAttempts),
            shown.Target.Health.Load.LastFailure is { } failure ? new ShownFailure(failure.At, failure.Reason) : null));
    }

    private static double? ShareOf(long part, long all) => all > 0 ? (double)part / all : null;

    internal sealed record ShownFailure(DateTimeOffset At, string Reason);
}
