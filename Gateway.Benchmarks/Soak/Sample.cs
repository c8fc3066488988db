namespace Gateway.Benchmarks.Soak;

/// <summary>One process at one time. What it tells of itself is not a number where it tells nothing.</summary>
/// <param name="Server">Its name.</param>
/// <param name="At">Since the soak began.</param>
/// <param name="HeapBytes">Managed memory after the last collection.</param>
/// <param name="Undelivered">Usage events in the journal.</param>
/// <param name="JournalBytes">What the journal takes up.</param>
/// <param name="QueueLength">Work that waits for a thread.</param>
/// <param name="InFlight">Requests that targets work on.</param>
internal sealed record Sample(
    string Server, TimeSpan At, ProcessStatus Status, double HeapBytes, double Undelivered, double JournalBytes, double QueueLength, double InFlight);
