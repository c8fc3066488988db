namespace Gateway.Api.Access;

/// <summary>Where API keys outlive the process: a file for a gateway that runs alone, Redis or DynamoDB for replicas.</summary>
/// <exception cref="KeysUnavailableException">From each call: it cannot be reached at present.</exception>
internal interface IKeyRepository
{
    Task<IReadOnlyList<ApiKey>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>The key as it is kept at this moment; null where there is none.</summary>
    Task<ApiKey?> ReadAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps a new key, or a changed one in place of the version before it, and tells the other replicas. True where it is safe; false
    /// where what is kept is not the version before.
    /// </summary>
    Task<bool> TrySaveAsync(ApiKey key, CancellationToken cancellationToken);
}
