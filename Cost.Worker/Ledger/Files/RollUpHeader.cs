namespace Cost.Worker.Ledger.Files;

/// <summary>The first line of a roll-up file.</summary>
/// <param name="Covers">How far into the day's records it goes.</param>
/// <param name="Unreadable">The lines of the records up to there that could not be read, and are in no sum.</param>
/// <param name="Rows">How many lines follow.</param>
internal sealed record RollUpHeader(FilePosition Covers, IReadOnlyList<long> Unreadable, int Rows);
