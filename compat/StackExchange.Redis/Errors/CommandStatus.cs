namespace StackExchange.Redis;

/// <summary>How far a command came that was not answered in time.</summary>
public enum CommandStatus
{
    Unknown = 0,

    /// <summary>It waited for a connection and was never sent.</summary>
    WaitingToBeSent = 1,
    Sent = 2,
    WaitingInBacklog = 3,
}
