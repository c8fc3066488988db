using System.Text;
using System.Text.Json;
using Gateway.Api.Metering.Journal;
using ServiceDefaults.Usage;
using Shouldly;

namespace Gateway.Tests.Metering.Journal;

/// <summary>A temporary folder with the journals of gateway processes.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("journal-");

    public string Path => _folder.FullName;

    public string Root => System.IO.Path.Combine(Path, "journal");

    /// <summary>The ids of the journals.</summary>
    public IReadOnlyList<string> Journals => Directory.Exists(Root) ? [.. Directory.GetDirectories(Root).Select(System.IO.Path.GetFileName).Order()!] : [];

    /// <summary>The segments of a journal, in order.</summary>
    public IReadOnlyList<string> Segments(string journal) => [.. Directory.GetFiles(System.IO.Path.Combine(Root, journal), "*.usage").Order()];

    /// <summary>The events that a journal holds, each with its checksum right, in the order in which they lie there: what is in the tail alone comes last.</summary>
    public IReadOnlyList<UsageEvent> Events(string journal)
    {
        // In this order: what leaves the tail meanwhile is in a segment.
        var tail = Tail(journal).Select(line => Event(line, journal)).OrderBy(usage => usage.Id.Sequence).ToList();
        var events = Segments(journal)
            .SelectMany(segment => Whole(Read(segment)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(line => Event(line, journal))
            .ToList();
        return [.. events, .. tail.Where(usage => usage.Id.Sequence > (events is [.., var last] ? last.Id.Sequence : 0))];
    }

    /// <summary>What a process that died at this moment would have left behind.</summary>
    public DataDirectory Copy()
    {
        var copy = new DataDirectory();
        foreach (var journal in Journals)
        {
            var folder = Directory.CreateDirectory(System.IO.Path.Combine(copy.Root, journal));
            foreach (var file in Directory.GetFiles(System.IO.Path.Combine(Root, journal)).Where(file => System.IO.Path.GetFileName(file) != "lock").OrderDescending())
            {
                File.WriteAllBytes(System.IO.Path.Combine(folder.FullName, System.IO.Path.GetFileName(file)), ReadBytes(file));
            }
        }

        return copy;
    }

    /// <summary>Writes a segment as a process would have left it.</summary>
    public string WriteSegment(string journal, long first, string text)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Root, journal));
        var path = System.IO.Path.Combine(folder.FullName, $"{first:D19}.usage");
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The line of an event, with its end.</summary>
    public static string Line(string journal, long sequence)
    {
        var group = new EventGroup([]);
        using var json = new Utf8JsonWriter(Stream.Null);
        group.Add(JournalHost.Event($"r{sequence}"), new UsageEventId(journal, sequence), json);
        return Encoding.UTF8.GetString(group.Lines.Span);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private IEnumerable<string> Tail(string journal)
    {
        var path = JournalTail.PathIn(System.IO.Path.Combine(Root, journal));
        return File.Exists(path) ? JournalTail.ReadLines(ReadBytes(path)).Select(line => Encoding.UTF8.GetString(line.Span)) : [];
    }

    private static UsageEvent Event(string line, string journal)
    {
        JournalLine.TryRead(Encoding.UTF8.GetBytes(line), journal, out _).ShouldBeTrue(line);
        return JsonSerializer.Deserialize(line[CheckedLine.PrefixLength..], UsageJson.Default.UsageEvent)!;
    }

    // Zeros are not written yet, or are just being written by pages in no order: their events are in the tail.
    private static string Whole(string segment)
    {
        var written = segment.Split('\0', count: 2)[0];
        return written[..(written.LastIndexOf('\n') + 1)];
    }

    private static string Read(string path) => Encoding.UTF8.GetString(ReadBytes(path));

    private static byte[] ReadBytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
