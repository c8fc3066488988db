using Gateway.Api.Files;

namespace Gateway.Tests.Fuzz.Files;

/// <summary>Files in memory, of which none outlives its upload.</summary>
internal sealed class HeldFiles : IFileStore
{
    public Dictionary<string, byte[]> Kept { get; } = [];

    public async Task<long?> WriteAsync(string tenant, string id, Stream content, long most, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        Kept[id] = bytes.ToArray();
        return bytes.Length <= most ? bytes.Length : null;
    }

    public Task AddAsync(StoredFile file, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<StoredFile?> FindAsync(string tenant, string id, CancellationToken cancellationToken) => Task.FromResult<StoredFile?>(null);

    public Task<IReadOnlyList<StoredFile>> ListAsync(string tenant, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StoredFile>>([]);

    public Stream Open(StoredFile file) => new MemoryStream(Kept[file.Id]);

    public Task<bool> DeleteAsync(string tenant, string id, CancellationToken cancellationToken) => Task.FromResult(Kept.Remove(id));
}
