namespace StackExchange.Redis;

/// <summary>What becomes of commands while there is no connection.</summary>
public sealed class BacklogPolicy
{
    /// <summary>They wait for one, up to their time-out.</summary>
    public static BacklogPolicy Default { get; } = new() { QueueWhileDisconnected = true, AbortPendingOnConnectionFailure = false };

    /// <summary>They fail at once.</summary>
    public static BacklogPolicy FailFast { get; } = new() { QueueWhileDisconnected = false, AbortPendingOnConnectionFailure = true };

    public bool QueueWhileDisconnected { get; init; }

    /// <summary>Whether those that wait fail as soon as an attempt to connect has failed.</summary>
    public bool AbortPendingOnConnectionFailure { get; init; }
}
