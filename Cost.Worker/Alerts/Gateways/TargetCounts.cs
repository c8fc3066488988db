namespace Cost.Worker.Alerts.Gateways;

/// <summary>A line of <c>GET /admin/providers</c>.</summary>
/// <param name="Model">The alias.</param>
internal sealed record TargetCounts(string Model, string Target, bool Available, string? Reason, string Circuit, long Attempts, long Failures);
