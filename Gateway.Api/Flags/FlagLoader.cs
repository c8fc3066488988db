namespace Gateway.Api.Flags;

/// <summary>Reads the flags of a gateway that runs alone before its first request; a file that cannot be read ends the start.</summary>
internal sealed class FlagLoader(FeatureFlags flags) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => flags.LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
