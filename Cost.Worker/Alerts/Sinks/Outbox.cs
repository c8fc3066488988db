using System.Globalization;
using System.Text.Json;
using ServiceDefaults.Storage;

namespace Cost.Worker.Alerts.Sinks;

/// <summary>A sink's messages on disk until they are delivered, a file each, in their order.</summary>
internal sealed class Outbox
{
    private const string Extension = ".json";
    private const string Aside = "rejected";

    private readonly string _directory;
    private readonly Lock _lock = new();
    private readonly Queue<string> _waiting;
    private long _last;

    /// <exception cref="IOException">The directory cannot be made or read.</exception>
    public Outbox(string directory)
    {
        _directory = Directory.CreateDirectory(directory).FullName;
        _waiting = new Queue<string>(Directory.EnumerateFiles(_directory, "*" + Extension).Order(StringComparer.Ordinal));
        _last = _waiting.Concat(RejectedFiles()).Select(NumberOf).DefaultIfEmpty().Max();
        Rejected = RejectedFiles().Count();
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

    /// <summary>When it returns no crash can undo it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Put(AlertMessage message)
    {
        lock (_lock)
        {
            var path = Path.Combine(_directory, (_last + 1).ToString("D19", CultureInfo.InvariantCulture) + Extension);
            Disk.Replace(path, stream => JsonSerializer.Serialize(stream, message, AlertJson.Default.AlertMessage));
            _last++;
            _waiting.Enqueue(path);
        }
    }

    /// <summary>The oldest message; null where none waits, or the oldest cannot be read and was put aside, or somebody took it away.</summary>
    public AlertMessage? Peek()
    {
        string path;
        lock (_lock)
        {
            if (!_waiting.TryPeek(out path!))
            {
                return null;
            }
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), AlertJson.Default.AlertMessage) ?? throw new JsonException();
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
            File.Delete(_waiting.Peek());
            _waiting.Dequeue();
        }
    }

    /// <summary>The oldest will never be taken: it is put aside, where somebody may look at it.</summary>
    public void Reject()
    {
        lock (_lock)
        {
            var path = _waiting.Peek();
            var aside = Directory.CreateDirectory(Path.Combine(_directory, Aside)).FullName;
            File.Move(path, Path.Combine(aside, Path.GetFileName(path)), overwrite: true);
            _waiting.Dequeue();
            Rejected++;
        }
    }

    private IEnumerable<string> RejectedFiles() =>
        Path.Combine(_directory, Aside) is var aside && Directory.Exists(aside) ? Directory.EnumerateFiles(aside, "*" + Extension) : [];

    private static long NumberOf(string path) =>
        long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
