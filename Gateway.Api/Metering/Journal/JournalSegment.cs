using System.Globalization;

namespace Gateway.Api.Metering.Journal;

/// <summary>A file of a journal, named by the number that its first event has or will have.</summary>
internal sealed class JournalSegment(string folder, long first)
{
    private const string Extension = ".usage";

    private long _length;

    public long First => first;

    public string Path { get; } = System.IO.Path.Combine(folder, first.ToString("D19", CultureInfo.InvariantCulture) + Extension);

    /// <summary>How far the file is durable; what comes after is nobody's.</summary>
    public long Length
    {
        get => Volatile.Read(ref _length);
        set => Volatile.Write(ref _length, value);
    }

    /// <summary>What the file takes up on disk.</summary>
    public long Bytes { get; set; }

    /// <summary>The segments that lie in a folder, in order.</summary>
    public static List<JournalSegment> In(string folder)
    {
        var segments = new List<JournalSegment>();
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*" + Extension))
        {
            var name = System.IO.Path.GetFileNameWithoutExtension(file.Name);
            if (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first > 0)
            {
                segments.Add(new JournalSegment(folder, first) { Length = file.Length, Bytes = file.Length });
            }
        }

        segments.Sort((one, other) => one.First.CompareTo(other.First));
        return segments;
    }
}
