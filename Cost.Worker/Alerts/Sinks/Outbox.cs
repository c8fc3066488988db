using System.Globalization;
using System.Text.Json;
using ServiceDefaults.Storage;

namespace Cost.Worker.Alerts.Sinks;

/// <summary>
/// A sink's messages on disk until they are delivered, a file each, in their order. What the disk does not take, because it is full
/// perhaps, waits in memory: that may be the very thing to tell.
/// </summary>
internal sealed class Outbox
{
    private const string Extension = ".json";
    private const string Aside = "rejected";

    private readonly string _directory;
    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting;
    private long _last;

    public Outbox(string directory)
    {
        _directory = Path.GetFullPath(directory);
        _waiting = new Queue<Waiting>(FilesIn(_directory).Order(StringComparer.Ordinal).Select(path => new Waiting(path, InMemory: null)));
        _last = _waiting.Select(waiting => waiting.Path).Concat(FilesIn(AsideDirectory)).Select(NumberOf).DefaultIfEmpty().Max();
        Rejected = FilesIn(AsideDirectory).Count();
    }

    public int Rejected { get; private set; }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    private string AsideDirectory => Path.Combine(_directory, Aside);

    /// <summary>Where it returns null no crash can undo it; else it says why the message is in memory only.</summary>
    public string? Put(AlertMessage message)
    {
        lock (_lock)
        {
            var path = Path.Combine(_directory, (++_last).ToString("D19", CultureInfo.InvariantCulture) + Extension);
            try
            {
                Disk.Replace(path, stream => JsonSerializer.Serialize(stream, message, AlertJson.Default.AlertMessage));
                _waiting.Enqueue(new Waiting(path, InMemory: null));
                return null;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                _waiting.Enqueue(new Waiting(path, message));
                return failure.Message;
            }
        }
    }

    /// <summary>The oldest message; null where none waits, or the oldest cannot be read and was put aside, or somebody took it away.</summary>
    public AlertMessage? Peek()
    {
        Waiting oldest;
        lock (_lock)
        {
            if (!_waiting.TryPeek(out oldest))
            {
                return null;
            }
        }

        if (oldest.InMemory is { } message)
        {
            return message;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(oldest.Path), AlertJson.Default.AlertMessage) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            Reject();
            return null;
        }
        catch (FileNotFoundException)
        {
            Remove();
            return null;
        }
    }

    /// <summary>The oldest was delivered.</summary>
    public void Remove()
    {
        lock (_lock)
        {
            if (_waiting.Peek() is { InMemory: null } oldest)
            {
                File.Delete(oldest.Path);
            }

            _waiting.Dequeue();
        }
    }

    /// <summary>The oldest will never be taken: it is put aside, where somebody may look at it.</summary>
    public void Reject()
    {
        lock (_lock)
        {
            if (_waiting.Peek() is { InMemory: null } oldest)
            {
                Directory.CreateDirectory(AsideDirectory);
                File.Move(oldest.Path, Path.Combine(AsideDirectory, Path.GetFileName(oldest.Path)), overwrite: true);
            }

            _waiting.Dequeue();
            Rejected++;
        }
    }

    private static IEnumerable<string> FilesIn(string directory) => Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "*" + Extension) : [];

    private static long NumberOf(string path) =>
        long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <param name="InMemory">Null where it is on disk.</param>
    private readonly record struct Waiting(string Path, AlertMessage? InMemory);
}
