namespace Cost.Worker.Alerts.Gateways;

/// <summary>A target of an alias as the gateway sees it.</summary>
/// <param name="IsAvailable">Whether the gateway would send it a request.</param>
/// <param name="Reason">Why not.</param>
/// <param name="HasBeenUsed">Whether it ever was available or called: one that nobody gave credentials to is not down.</param>
/// <param name="FailedInARow">Attempts that failed, with none that succeeded after them.</param>
/// <param name="IsSettled">Whether that is known: an attempt succeeded since the start, or there was none for long.</param>
internal sealed record TargetView(string Alias, string Target, bool IsAvailable, string? Reason, string Circuit, bool HasBeenUsed, long FailedInARow, bool IsSettled)
{
    private const string Closed = "closed";
    private const long FailuresOfADownTarget = 3;

    public bool IsCircuitOpen => Circuit != Closed;

    public bool IsDown => HasBeenUsed && (!IsAvailable || FailedInARow >= FailuresOfADownTarget);
}
