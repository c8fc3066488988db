using Gateway.Api.Configuration;

namespace Gateway.Api.Secrets;

/// <summary>Tells the store what the configuration in force refers to, and gives AWS a moment before the first request is taken.</summary>
internal sealed class SecretWatch(LiveConfiguration configuration, SecretStore secrets, TimeProvider time) : IHostedService
{
    /// <summary>The gateway starts all the same: what cannot be read is not available until it can.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Keep(configuration.Current);
        configuration.Changed += Keep;
        try
        {
            await secrets.FirstReadsAsync().WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // They are still being read.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        configuration.Changed -= Keep;
        return Task.CompletedTask;
    }

    private void Keep(GatewayOptions options)
    {
        var keys = options.Providers.Values.Select(provider => provider.ApiKey).Concat(options.McpServers.Values.Select(server => server.ApiKey)).Append(options.Access.AdminKey).Concat(options.Access.Jwt.Issuers.Select(issuer => issuer.Key));
        secrets.Keep([.. keys.OfType<string>().Where(reference => reference.Length > 0)]);
    }
}
