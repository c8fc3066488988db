using System.Buffers;
using System.Globalization;
using System.Text.Json;
using StackExchange.Redis;

namespace Gateway.Api.Files;

/// <summary>
/// Keeps files in Redis: what is known of a tenant's in one hash, <c>gateway:files:{tenant}</c>, id → JSON, and the bytes of each in pieces,
/// <c>gateway:files:{tenant}:file-…:0</c> and so on. Pieces of an upload that came to nothing expire by themselves.
/// </summary>
internal sealed class RedisFiles(IConnectionMultiplexer redis, TimeProvider time) : IFileStore
{
    private const int PieceBytes = 256 * 1024;

    private static readonly TimeSpan UploadTime = TimeSpan.FromHours(6);

    // Whoever reads a file as it expires reads it to the end.
    private static readonly TimeSpan ReadingTime = TimeSpan.FromHours(1);

    public async Task<long?> WriteAsync(string tenant, string id, Stream content, long most, CancellationToken cancellationToken)
    {
        await DeletePiecesAsync(tenant, id, cancellationToken);
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            long bytes = 0;
            for (var index = 0; ; index++)
            {
                var read = await content.ReadAtLeastAsync(piece.AsMemory(0, PieceBytes), PieceBytes, throwOnEndOfStream: false, cancellationToken);
                bytes += read;
                if (bytes > most)
                {
                    await DeletePiecesAsync(tenant, id, cancellationToken);
                    return null;
                }

                if (read > 0)
                {
                    // Not to be given up while Redis's client may still read the buffer.
                    await redis.AskAsync(database => database.StringSetAsync(PieceOf(tenant, id, index), piece.AsMemory(0, read), UploadTime), CancellationToken.None);
                }

                if (read < PieceBytes)
                {
                    return bytes;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    public async Task AddAsync(StoredFile file, CancellationToken cancellationToken)
    {
        var lifetime = file.ExpiresAt - time.GetUtcNow() + ReadingTime;
        for (var index = 0; await redis.AskAsync(database => database.KeyExpireAsync(PieceOf(file.Tenant, file.Id, index), lifetime), cancellationToken); index++)
        {
        }

        await redis.AskAsync(database => database.HashSetAsync(IndexOf(file.Tenant), file.Id, JsonSerializer.SerializeToUtf8Bytes(file, FilesJson.Default.StoredFile)), cancellationToken);
    }

    public async Task<StoredFile?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var value = await redis.AskAsync(database => database.HashGetAsync(IndexOf(tenant), id), cancellationToken);
        return value.IsNull || Read(value) is var file && file.HasExpired(time.GetUtcNow()) ? null : file;
    }

    public async Task<IReadOnlyList<StoredFile>> ListAsync(string tenant, CancellationToken cancellationToken)
    {
        var entries = await redis.AskAsync(database => database.HashGetAllAsync(IndexOf(tenant)), cancellationToken);
        var files = entries.Select(entry => Read(entry.Value)).ToLookup(file => file.HasExpired(time.GetUtcNow()));
        foreach (var expired in files[true])
        {
            await DeleteAsync(tenant, expired.Id, cancellationToken);
        }

        return [.. files[false].OrderBy(file => file.CreatedAt).ThenBy(file => file.Id, StringComparer.Ordinal)];
    }

    public Stream Open(StoredFile file) =>
        new PieceStream(file.Bytes, async (index, cancellationToken) => await redis.AskAsync(database => database.StringGetAsync(PieceOf(file.Tenant, file.Id, index)), cancellationToken));

    public async Task<bool> DeleteAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var wasThere = await redis.AskAsync(database => database.HashDeleteAsync(IndexOf(tenant), id), cancellationToken);
        await DeletePiecesAsync(tenant, id, cancellationToken);
        return wasThere;
    }

    private async Task DeletePiecesAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        for (var index = 0; await redis.AskAsync(database => database.KeyDeleteAsync(PieceOf(tenant, id, index)), cancellationToken); index++)
        {
        }
    }

    private static StoredFile Read(RedisValue value) => JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)value).Span, FilesJson.Default.StoredFile)!;

    private static RedisKey IndexOf(string tenant) => $"gateway:files:{{{Uri.EscapeDataString(tenant)}}}";

    private static RedisKey PieceOf(string tenant, string id, int index) => string.Create(CultureInfo.InvariantCulture, $"{IndexOf(tenant)}:{id}:{index}");
}
