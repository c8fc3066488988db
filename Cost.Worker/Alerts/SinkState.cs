namespace Cost.Worker.Alerts;

/// <param name="Waiting">Messages that could not be delivered yet.</param>
/// <param name="Rejected">Messages that it will not take, put aside.</param>
/// <param name="Trouble">Why the last attempt failed; null where it succeeded.</param>
internal sealed record SinkState(string Name, string Type, int Waiting, int Rejected, string? Trouble, DateTimeOffset? DeliveredAt);
