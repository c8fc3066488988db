using System.Collections.Concurrent;
using Gateway.Api.Telemetry;
using ServiceDefaults.Secrets;

namespace Gateway.Api.Secrets;

/// <summary>The secrets that the configuration refers to. Nothing here waits: what AWS keeps is read in the background.</summary>
internal sealed class SecretStore(
    IConfiguration configuration, SecretReader reader, SecretsOptions options, GatewayMetrics metrics, TimeProvider time, ILogger<SecretStore> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Secret>> _secrets = new(StringComparer.Ordinal);

    /// <summary>Raised when AWS gave another value, and when it is known that it has none.</summary>
    public event Action? Changed;

    /// <summary>What the reference leads to, or will; null where there is no reference.</summary>
    public Secret? Find(string? reference)
    {
        if (string.IsNullOrEmpty(reference))
        {
            return null;
        }

        if (!_secrets.TryGetValue(reference, out var secret))
        {
            secret = _secrets.GetOrAdd(reference, name => new Lazy<Secret>(() => Create(name)));
        }

        (secret.Value as EnvironmentSecret)?.Look();
        return secret.Value;
    }

    /// <summary>Looks for these, and for no others any more.</summary>
    public void Keep(IReadOnlyCollection<string> references)
    {
        foreach (var reference in references)
        {
            Find(reference);
        }

        foreach (var reference in _secrets.Keys.Where(reference => !SecretReference.IsEnvironment(reference)).Except(references))
        {
            if (_secrets.TryRemove(reference, out var gone))
            {
                (gone.Value as IDisposable)?.Dispose();
            }
        }
    }

    /// <summary>Done when each was read once, with or without success.</summary>
    public Task FirstReadsAsync() => Task.WhenAll(_secrets.Values.Select(secret => secret.Value).OfType<AwsSecret>().Select(secret => secret.FirstRead));

    public void Dispose() => Keep([]);

    private Secret Create(string reference)
    {
        if (SecretReference.IsEnvironment(reference))
        {
            return new EnvironmentSecret(reference, configuration);
        }

        var secret = new AwsSecret(reference, reader, TimeSpan.FromSeconds(options.RefreshSeconds), metrics, time, logger);
        secret.Changed += () => Changed?.Invoke();
        secret.Start();
        return secret;
    }
}
