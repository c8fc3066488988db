using System.Collections.Concurrent;
using System.Text.Json;

namespace Gateway.Api.Files;

/// <summary>
/// Keeps files below <c>Data:Directory</c>, or in a temporary folder that ends with the process where none is configured: the bytes of each in
/// <c>files/file-…</c>, and what is known of it in <c>files/file-….json</c>, written last.
/// </summary>
internal sealed class DiskFiles : IFileStore, IDisposable
{
    private const string About = ".json";
    private const int BufferBytes = 64 * 1024;

    private readonly TimeProvider _time;
    private readonly DirectoryInfo? _temporary;
    private readonly string _folder;
    private readonly FirstLook<ConcurrentDictionary<string, StoredFile>> _files;

    public DiskFiles(IConfiguration configuration, TimeProvider time)
    {
        _time = time;
        var directory = configuration["Data:Directory"];
        _temporary = string.IsNullOrEmpty(directory) ? Directory.CreateTempSubdirectory("gateway-files-") : null;
        _folder = _temporary?.FullName ?? Path.Combine(directory!, "files");
        _files = new(ReadAll);
    }

    public async Task<long?> WriteAsync(string tenant, string id, Stream content, long most, CancellationToken cancellationToken)
    {
        // Before there is anything new: what nobody knows of is deleted with the first look.
        _ = _files.Value;
        var buffer = new byte[BufferBytes];
        long bytes = 0;
        await using (var file = OwnFile.Create(PathOf(id), FileOptions.Asynchronous))
        {
            while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read && (bytes += read) <= most)
            {
                await KeepAsync(() => file.WriteAsync(buffer.AsMemory(0, read), cancellationToken));
            }

            await KeepAsync(() =>
            {
                file.Flush(flushToDisk: true);
                return default;
            });
        }

        if (bytes <= most)
        {
            return bytes;
        }

        File.Delete(PathOf(id));
        return null;
    }

    public async Task AddAsync(StoredFile file, CancellationToken cancellationToken)
    {
        DeleteExpired();
        await KeepAsync(async () =>
        {
            var beside = PathOf(file.Id) + ".new";
            await using (var about = OwnFile.Create(beside, FileOptions.Asynchronous))
            {
                await JsonSerializer.SerializeAsync(about, file, FilesJson.Default.StoredFile, cancellationToken);
                about.Flush(flushToDisk: true);
            }

            File.Move(beside, PathOf(file.Id) + About, overwrite: true);
        });
        _files.Value[file.Id] = file;
    }

    public Task<StoredFile?> FindAsync(string tenant, string id, CancellationToken cancellationToken) => Task.FromResult(Find(tenant, id));

    public Task<IReadOnlyList<StoredFile>> ListAsync(string tenant, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StoredFile>>(
        [.. _files.Value.Values.Where(file => file.Tenant == tenant && !file.HasExpired(_time.GetUtcNow())).OrderBy(file => file.CreatedAt).ThenBy(file => file.Id, StringComparer.Ordinal)]);

    public Stream Open(StoredFile file)
    {
        try
        {
            return new FileStream(PathOf(file.Id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes, useAsync: true);
        }
        catch (FileNotFoundException gone)
        {
            throw new EndOfStreamException("The file was deleted.", gone);
        }
    }

    public Task<bool> DeleteAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        if (_files.Value.TryGetValue(id, out var file) && file.Tenant != tenant)
        {
            return Task.FromResult(false);
        }

        Delete(id);
        return Task.FromResult(file?.HasExpired(_time.GetUtcNow()) == false);
    }

    public void Dispose() => _temporary?.Delete(recursive: true);

    private StoredFile? Find(string tenant, string id) =>
        _files.Value.TryGetValue(id, out var file) && file.Tenant == tenant && !file.HasExpired(_time.GetUtcNow()) ? file : null;

    // What is known of it goes first: bytes that nobody knows of are deleted at the next start.
    private void Delete(string id)
    {
        _files.Value.TryRemove(id, out _);
        File.Delete(PathOf(id) + About);
        File.Delete(PathOf(id));
    }

    private void DeleteExpired()
    {
        foreach (var file in _files.Value.Values.Where(file => file.HasExpired(_time.GetUtcNow())))
        {
            Delete(file.Id);
        }
    }

    private ConcurrentDictionary<string, StoredFile> ReadAll()
    {
        Directory.CreateDirectory(_folder);
        var files = new ConcurrentDictionary<string, StoredFile>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(_folder, $"*{About}"))
        {
            var file = JsonSerializer.Deserialize(File.ReadAllBytes(path), FilesJson.Default.StoredFile)!;
            files[file.Id] = file;
        }

        foreach (var path in Directory.EnumerateFiles(_folder).Where(path => !files.ContainsKey(Path.GetFileNameWithoutExtension(path))))
        {
            File.Delete(path);
        }

        return files;
    }

    // A full disk is none of the caller's doing.
    private static async ValueTask KeepAsync(Func<ValueTask> write)
    {
        try
        {
            await write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(failure);
        }
    }

    private string PathOf(string id) => Path.Combine(_folder, id);
}
