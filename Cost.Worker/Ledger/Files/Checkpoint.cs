namespace Cost.Worker.Ledger.Files;

/// <summary>What the ledger held at one moment, so that a start need only read what came after it.</summary>
/// <param name="Kept">Journal → last number kept.</param>
/// <param name="Files">Day → how far its records went.</param>
internal sealed record Checkpoint(IReadOnlyDictionary<string, long> Kept, IReadOnlyDictionary<string, FilePosition> Files)
{
    public static readonly Checkpoint Nothing = new(new Dictionary<string, long>(), new Dictionary<string, FilePosition>());
}
