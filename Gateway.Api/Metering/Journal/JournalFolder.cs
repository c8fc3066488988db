using System.Security.Cryptography;

namespace Gateway.Api.Metering.Journal;

/// <summary>
/// The folder of one journal: its segments, and a lock that the process holds to whom the journal belongs. The kernel lets go of the
/// lock when the process dies, however it dies.
/// </summary>
internal sealed class JournalFolder : IDisposable
{
    private const string LockFile = "lock";
    private const int IdLength = 12;

    private readonly Lock _gate = new();
    private List<JournalSegment> _segments = [];
    private FileStream? _lock;

    private JournalFolder(string path)
    {
        Location = path;
        Journal = Path.GetFileName(path);
    }

    public string Location { get; }

    /// <summary>The journal's id.</summary>
    public string Journal { get; }

    public IReadOnlyList<JournalSegment> Segments
    {
        get
        {
            lock (_gate)
            {
                return _segments;
            }
        }
    }

    public long Bytes => Segments.Sum(segment => segment.Bytes);

    /// <summary>A new journal. Nothing of it is on disk before <see cref="Create"/>.</summary>
    public static JournalFolder New(string root) => new(Path.Combine(root, NewId()));

    public static string NewId() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", IdLength);

    /// <summary>Takes all the journals below a folder that nobody holds.</summary>
    public static IReadOnlyList<JournalFolder> TakeAll(string root) =>
        Directory.Exists(root) ? [.. Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal).Select(TryTake).OfType<JournalFolder>()] : [];

    /// <summary>Puts the folder on disk and takes its lock, where that is not done yet.</summary>
    public void Create()
    {
        Directory.CreateDirectory(Location);
        _lock ??= OpenLock(Location);
    }

    /// <summary>Adds a segment, in place of one that begins at the same number: that one never came to hold anything.</summary>
    public void Add(JournalSegment segment)
    {
        lock (_gate)
        {
            _segments = [.. _segments.Where(other => other.First != segment.First), segment];
        }
    }

    /// <summary>Deletes the segments before the last one of which all was acknowledged.</summary>
    public void Trim(long acknowledged)
    {
        while (Segments is [var oldest, var next, ..] && next.First - 1 <= acknowledged)
        {
            File.Delete(oldest.Path);
            lock (_gate)
            {
                _segments = [.. _segments.Where(segment => segment != oldest)];
            }
        }
    }

    /// <summary>Removes the journal from the disk. The lock goes last: whoever waits for it finds nothing.</summary>
    public void Delete()
    {
        foreach (var segment in Segments)
        {
            File.Delete(segment.Path);
        }

        lock (_gate)
        {
            _segments = [];
        }

        File.Delete(Path.Combine(Location, LockFile));
        Directory.Delete(Location, recursive: true);
        Dispose();
    }

    public void Dispose() => _lock?.Dispose();

    private static JournalFolder? TryTake(string path)
    {
        FileStream? taken = null;
        try
        {
            taken = OpenLock(path);
            if (File.Exists(taken.Name))
            {
                return new JournalFolder(path) { _lock = taken, _segments = JournalSegment.In(path) };
            }
        }
        catch (IOException)
        {
            // Held by another process, or just removed by it.
        }

        taken?.Dispose();
        return null;
    }

    private static FileStream OpenLock(string path) => new(Path.Combine(path, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
