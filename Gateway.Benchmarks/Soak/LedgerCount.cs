using Cost.Worker.Ledger.Files;

namespace Gateway.Benchmarks.Soak;

/// <summary>How often the ledger has each request, straight from its files.</summary>
internal static class LedgerCount
{
    public static Dictionary<string, int> Of(string folder)
    {
        var counts = new Dictionary<string, int>();
        var paths = new LedgerPaths(folder);
        foreach (var day in paths.Days())
        {
            LineFile.Read(paths.RecordsOf(day), default, (number, line) =>
            {
                if (!RecordLine.TryRead(line, out var one, out _))
                {
                    throw new InvalidDataException($"{paths.RecordsOf(day)}:{number} is no record.");
                }

                if (one is not null)
                {
                    counts[one.RequestId] = counts.GetValueOrDefault(one.RequestId) + 1;
                }
            });
        }

        return counts;
    }
}
