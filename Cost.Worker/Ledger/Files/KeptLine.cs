namespace Cost.Worker.Ledger.Files;

/// <summary>A line among the records that ends a round of intake: all events up to these numbers are on disk.</summary>
internal sealed record KeptLine(IReadOnlyDictionary<string, long> Kept);
