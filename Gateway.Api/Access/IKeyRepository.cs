namespace Gateway.Api.Access;

/// <summary>Where API keys outlive the process: a file for a gateway that runs alone, Redis for replicas.</summary>
internal interface IKeyRepository
{
    Task<IReadOnlyList<ApiKey>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a new key, or a changed one in place of what was kept under its id. Done when it is safe.</summary>
    /// <exception cref="KeysNotKeptException">It could not be kept; whatever was there before still is.</exception>
    Task SaveAsync(ApiKey key, CancellationToken cancellationToken);
}
