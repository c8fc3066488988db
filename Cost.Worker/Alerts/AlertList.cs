namespace Cost.Worker.Alerts;

/// <summary>The answer to <c>GET /alerts</c>.</summary>
/// <param name="Data">What lasts, the worst first.</param>
/// <param name="Recent">What ended last, the latest first.</param>
internal sealed record AlertList(string Object, IReadOnlyList<Alert> Data, IReadOnlyList<Alert> Recent, IReadOnlyList<SinkState> Sinks);
