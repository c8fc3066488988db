namespace Gateway.Api.Configuration.Changes;

/// <summary>Where what was put at <c>/admin/config</c> is kept, the last 50 versions of it: Redis for replicas, else a file.</summary>
/// <exception cref="IOException">From each call: it cannot be reached, read or written.</exception>
internal interface IConfigurationHistory
{
    const int Capacity = 50;

    /// <summary>Null where nothing was put yet.</summary>
    Task<ConfigurationVersion?> ReadNewestAsync(CancellationToken cancellationToken);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<ConfigurationVersion>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a version and tells the other replicas. False where the newest is not the one before it.</summary>
    Task<bool> TryAddAsync(ConfigurationVersion version, CancellationToken cancellationToken);

    /// <summary>Calls back as soon as another process has kept a version, where that can be known.</summary>
    Task SubscribeAsync(Action added);
}
