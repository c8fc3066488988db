namespace Gateway.Api.Metering.Journal;

/// <summary>What a usage event survives from the moment its reply ends: setting <c>Journal:Durability</c>.</summary>
internal enum JournalDurability
{
    /// <summary>The end of the process, <c>kill -9</c> included. A power failure may take the last 5 ms with it.</summary>
    Process,

    /// <summary>A power failure too: each reply waits until the disk has its event.</summary>
    Disk,
}
