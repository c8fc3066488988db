namespace Gateway.Api.Files;

/// <summary>Keeps files, each under its tenant. None is ever whole in memory.</summary>
/// <remarks>Every method throws <see cref="StoreUnavailableException"/> where the store cannot be reached.</remarks>
internal interface IFileStore
{
    /// <summary>
    /// Writes the bytes of a file, which nobody sees before <see cref="AddAsync"/>, in place of what was written under the id before. Null,
    /// and nothing is kept, where they are more than <paramref name="most"/>.
    /// </summary>
    Task<long?> WriteAsync(string tenant, string id, Stream content, long most, CancellationToken cancellationToken);

    /// <summary>Shows a file whose bytes are written.</summary>
    Task AddAsync(StoredFile file, CancellationToken cancellationToken);

    Task<StoredFile?> FindAsync(string tenant, string id, CancellationToken cancellationToken);

    /// <summary>A tenant's files, the oldest first.</summary>
    Task<IReadOnlyList<StoredFile>> ListAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>The bytes of a file. Reading throws <see cref="EndOfStreamException"/> where it is deleted meanwhile.</summary>
    Stream Open(StoredFile file);

    /// <summary>Deletes a file, or what was written of one. False where none was shown.</summary>
    Task<bool> DeleteAsync(string tenant, string id, CancellationToken cancellationToken);
}
