using System.Globalization;

namespace Cost.Worker.Ledger.Files;

/// <summary>Where the parts of a file ledger lie below the data directory.</summary>
internal sealed class LedgerPaths(string directory)
{
    private const string DayFormat = "yyyy-MM-dd";
    private const string RecordsExtension = ".jsonl";

    public string Records { get; } = Path.Combine(directory, "ledger");

    public string RollUps { get; } = Path.Combine(directory, "rollups");

    public string Lock => Path.Combine(directory, "ledger.lock");

    public string Checkpoint => Path.Combine(directory, "checkpoint");

    public string RecordsOf(DateOnly day) => Path.Combine(Records, NameOf(day) + RecordsExtension);

    /// <summary>The sums of a day's hours, or of the day as a whole.</summary>
    public string RollUpOf(DateOnly day, bool hourly) => Path.Combine(RollUps, $"{NameOf(day)}.{(hourly ? "hours" : "day")}{RecordsExtension}");

    public IEnumerable<DateOnly> Days() =>
        Directory.Exists(Records)
            ? Directory.EnumerateFiles(Records, "*" + RecordsExtension)
                .Select(path => Path.GetFileNameWithoutExtension(path)!)
                .Where(name => DateOnly.TryParseExact(name, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                .Select(DayOf).Order()
            : [];

    public static string NameOf(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    public static DateOnly DayOf(string name) => DateOnly.ParseExact(name, DayFormat, CultureInfo.InvariantCulture);

    /// <summary>As people are told of a file: from the data directory on.</summary>
    public string Shown(string path) => Path.GetRelativePath(directory, path);
}
