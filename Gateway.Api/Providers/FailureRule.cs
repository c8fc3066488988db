namespace Gateway.Api.Providers;

/// <summary>What one kind of failure allows.</summary>
/// <param name="Retry">The same target may be tried again.</param>
/// <param name="Next">Which other targets may be tried.</param>
/// <param name="CountsAgainst">It speaks against the target, and enough of them open its circuit.</param>
internal readonly record struct FailureRule(bool Retry, NextTargets Next, bool CountsAgainst);
