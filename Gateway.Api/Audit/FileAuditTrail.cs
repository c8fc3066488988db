using System.Text.Json;

namespace Gateway.Api.Audit;

/// <summary>
/// Keeps entries in memory, and in <c>audit.jsonl</c> below <c>Data:Directory</c> where one is configured: a line each, the oldest first. The file is
/// written anew when it is read and when it has grown to twice what is kept.
/// </summary>
internal sealed class FileAuditTrail(IConfiguration configuration) : IAuditTrail, IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly string? _path = configuration["Data:Directory"] is { Length: > 0 } directory ? Path.Combine(directory, "audit.jsonl") : null;
    private List<AuditEntry>? _entries;
    private int _lines;

    public Task AppendAsync(AuditEntry entry) => AloneAsync(
        async () =>
        {
            _entries!.Add(entry);
            if (++_lines > 2 * IAuditTrail.Capacity)
            {
                await WriteAnewAsync();
            }
            else if (_path is not null)
            {
                await WriteAsync(_path, FileMode.Append, [entry]);
            }

            return true;
        },
        CancellationToken.None);

    public Task<IReadOnlyList<AuditEntry>> ReadAllAsync(CancellationToken cancellationToken) => AloneAsync(
        () => Task.FromResult<IReadOnlyList<AuditEntry>>([.. Enumerable.Reverse(_entries!).Take(IAuditTrail.Capacity)]), cancellationToken);

    public void Dispose() => _one.Dispose();

    private async Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await OpenAsync();
            return await work();
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException(failure.Message, failure);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task OpenAsync()
    {
        if (_entries is null)
        {
            _entries = _path is not null && File.Exists(_path) ? [.. (await File.ReadAllLinesAsync(_path)).Select(Read).OfType<AuditEntry>()] : [];
            await WriteAnewAsync();
        }
    }

    // A line that a crash has cut is nobody's entry.
    private static AuditEntry? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, AuditJson.Default.AuditEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task WriteAnewAsync()
    {
        _entries = [.. _entries!.TakeLast(IAuditTrail.Capacity)];
        _lines = _entries.Count;
        if (_path is not null && _lines > 0)
        {
            await WriteAsync(_path + ".new", FileMode.Create, _entries);
            File.Move(_path + ".new", _path, overwrite: true);
        }
    }

    private static async Task WriteAsync(string path, FileMode mode, IEnumerable<AuditEntry> entries)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var stream = new FileStream(path, options);
        foreach (var entry in entries)
        {
            await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(entry, AuditJson.Default.AuditEntry));
            await stream.WriteAsync("\n"u8.ToArray());
        }

        stream.Flush(flushToDisk: true);
    }
}
