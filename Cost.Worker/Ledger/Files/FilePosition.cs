namespace Cost.Worker.Ledger.Files;

/// <summary>The beginning of a line in a file.</summary>
internal readonly record struct FilePosition(long Bytes, long Lines);
