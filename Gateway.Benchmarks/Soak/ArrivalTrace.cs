using System.Globalization;

namespace Gateway.Benchmarks.Soak;

/// <summary>Arrivals as they were somewhere, again and again until the load is over.</summary>
internal static class ArrivalTrace
{
    // TIMESTAMP,ContextTokens,GeneratedTokens
    // 2023-11-16 18:15:46.6805900,374,44
    public static IEnumerable<Arrival> Read(string file, TimeSpan load)
    {
        var rows = File.ReadLines(file).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')).Select(fields => (
            At: DateTime.Parse(fields[0], CultureInfo.InvariantCulture),
            PromptTokens: int.Parse(fields[1], CultureInfo.InvariantCulture),
            Tokens: int.Parse(fields[2], CultureInfo.InvariantCulture))).ToList();
        for (var before = TimeSpan.Zero; before < load; before += rows[^1].At - rows[0].At)
        {
            foreach (var row in rows)
            {
                if (before + (row.At - rows[0].At) is var at && at < load)
                {
                    yield return new Arrival(at, row.PromptTokens, Math.Max(row.Tokens, 1));
                }
            }
        }
    }
}
