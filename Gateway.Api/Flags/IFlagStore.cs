namespace Gateway.Api.Flags;

/// <summary>Where it is kept what administrators switch: Redis for replicas, else a file.</summary>
/// <exception cref="FlagsUnavailableException">From each call: it cannot be reached or written.</exception>
internal interface IFlagStore
{
    Task<IReadOnlyList<FlagSwitch>> ReadAllAsync(CancellationToken cancellationToken);

    /// <param name="name">The flag's.</param>
    /// <param name="change">Null where it is no longer switched.</param>
    /// <param name="cancellationToken">Who asked has left.</param>
    Task SaveAsync(string name, FlagSwitch? change, CancellationToken cancellationToken);
}
