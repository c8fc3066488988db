using System.Text.Json;
using Gateway.Api.Files;

namespace Gateway.Api.Batches.Storage;

/// <summary>One batch on disk, of which this process is the only user.</summary>
internal sealed class BatchFolder : IDisposable
{
    private const string About = "batch.json";

    private readonly Lock _gate = new();
    private readonly string _path;
    private StoredBatch _batch;
    private ResultLog? _results;
    private long _fence;
    private DateTimeOffset _until;

    private BatchFolder(string path, StoredBatch batch)
    {
        (_path, _batch) = (path, batch);
        _results = batch.HasEnded ? null : new ResultLog(Path.Combine(path, "results"));
    }

    public StoredBatch Current
    {
        get
        {
            lock (_gate)
            {
                return _results is null ? _batch : _batch with { Completed = _results.Completed, Failed = _results.Failed };
            }
        }
    }

    public IReadOnlyCollection<int> Done
    {
        get
        {
            lock (_gate)
            {
                return _results?.Lines ?? [];
            }
        }
    }

    public static BatchFolder Create(string path, StoredBatch batch)
    {
        Write(path, new KeptBatch(batch, 0, 0));
        return new BatchFolder(path, batch);
    }

    /// <summary>Null where a batch was never kept to the end.</summary>
    public static BatchFolder? TryOpen(string path)
    {
        var about = Path.Combine(path, About);
        if (!File.Exists(about))
        {
            Directory.Delete(path, recursive: true);
            return null;
        }

        var kept = JsonSerializer.Deserialize(File.ReadAllBytes(about), BatchesJson.Default.KeptBatch)!;
        return new BatchFolder(path, kept.Batch with { Completed = kept.Completed, Failed = kept.Failed });
    }

    public bool TryChange(StoredBatch changed)
    {
        lock (_gate)
        {
            if (changed.Version != _batch.Version)
            {
                return false;
            }

            var current = Current;
            changed = changed with { Version = changed.Version + 1, Completed = current.Completed, Failed = current.Failed };
            Write(_path, new KeptBatch(changed, changed.Completed, changed.Failed));
            _batch = changed;
            if (changed.HasEnded)
            {
                _results?.Delete();
                _results = null;
            }

            return true;
        }
    }

    public long? TryLease(DateTimeOffset now, DateTimeOffset until)
    {
        lock (_gate)
        {
            if (_batch.HasEnded || _until > now)
            {
                return null;
            }

            _until = until;
            return ++_fence;
        }
    }

    public bool TryRenew(long fence, DateTimeOffset until)
    {
        lock (_gate)
        {
            _until = fence == _fence ? until : _until;
            return fence == _fence;
        }
    }

    public bool TryAdd(long fence, int line, BatchResult result)
    {
        lock (_gate)
        {
            if (fence != _fence || _results is null)
            {
                return false;
            }

            _results.Add(line, result);
            return true;
        }
    }

    public BatchResult? Read(int line)
    {
        lock (_gate)
        {
            return _results?.Read(line);
        }
    }

    public void Delete()
    {
        Dispose();
        Directory.Delete(_path, recursive: true);
    }

    public void Dispose() => _results?.Dispose();

    private static void Write(string path, KeptBatch kept)
    {
        var about = Path.Combine(path, About);
        try
        {
            Directory.CreateDirectory(path);
            using (var stream = OwnFile.Create(about + ".new"))
            {
                JsonSerializer.Serialize(stream, kept, BatchesJson.Default.KeptBatch);
                stream.Flush(flushToDisk: true);
            }

            File.Move(about + ".new", about, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(failure);
        }
    }
}
