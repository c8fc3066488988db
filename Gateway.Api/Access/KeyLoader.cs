namespace Gateway.Api.Access;

/// <summary>Reads the keys of a gateway that runs alone before its first request; a file that cannot be read ends the start.</summary>
internal sealed class KeyLoader(KeyStore keys) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => keys.LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
