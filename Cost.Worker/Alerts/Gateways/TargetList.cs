namespace Cost.Worker.Alerts.Gateways;

/// <summary><c>GET /admin/providers</c>.</summary>
internal sealed record TargetList(IReadOnlyList<TargetCounts> Data);
