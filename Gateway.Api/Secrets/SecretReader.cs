using System.Collections.Concurrent;
using System.Text.Json;
using Gateway.Api.Configuration;
using ServiceDefaults.Aws;
using ServiceDefaults.Secrets;

namespace Gateway.Api.Secrets;

/// <summary>Reads what <c>secret:</c> and <c>parameter:</c> references lead to. Credentials are looked for at the first of them.</summary>
internal sealed class SecretReader : IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly SecretsOptions _options;
    private readonly TimeProvider _time;
    private readonly Lazy<AwsCredentialSource> _credentials;
    private readonly ConcurrentDictionary<string, Lazy<SecretsManagerClient>> _secrets = [];
    private readonly ConcurrentDictionary<string, Lazy<ParameterStoreClient>> _parameters = [];

    public SecretReader(IConfiguration configuration, SecretsOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        (_configuration, _options, _time) = (configuration, options, time);
        _credentials = new Lazy<AwsCredentialSource>(() =>
        {
            var source = new AwsCredentialSource(new AwsCredentialChain(configuration).FindAsync, time, loggers.CreateLogger<AwsCredentialSource>());
            source.Start();
            return source;
        });
    }

    /// <exception cref="SecretUnreadableException">With the reason, and what to do about it.</exception>
    public async Task<string> ReadAsync(string reference, CancellationToken cancellationToken)
    {
        var address = AwsSecretAddress.Of(reference);
        var region = address.Region ?? AwsRegion.Resolve(region: null, _configuration);
        try
        {
            var text = address.IsParameter ? (await ParametersIn(region).GetAsync(address.Id, cancellationToken)).Value : await SecretsIn(region).GetAsync(address.Id, cancellationToken);
            var secret = ValueIn(text ?? throw new SecretUnreadableException(AwsSecretProblems.Binary(reference)), address.Key, reference);
            return SecretText.FaultOf(secret) is { } fault ? throw new SecretUnreadableException(AwsSecretProblems.Malformed(reference, fault)) : secret.Trim();
        }
        catch (AwsServiceException failure)
        {
            throw new SecretUnreadableException(AwsSecretProblems.Of(reference, address, region, failure));
        }
        catch (Exception unexpected) when (unexpected is KeyNotFoundException or InvalidOperationException or UriFormatException)
        {
            throw new SecretUnreadableException(AwsSecretProblems.Unexpected(reference));
        }
    }

    public void Dispose()
    {
        foreach (var client in _secrets.Values)
        {
            client.Value.Dispose();
        }

        foreach (var client in _parameters.Values)
        {
            client.Value.Dispose();
        }

        if (_credentials.IsValueCreated)
        {
            _credentials.Value.Dispose();
        }
    }

    private SecretsManagerClient SecretsIn(string region) =>
        _secrets.GetOrAdd(region, name => new(() => new SecretsManagerClient(_credentials.Value, name, _options.ServiceUrl, _time))).Value;

    private ParameterStoreClient ParametersIn(string region) =>
        _parameters.GetOrAdd(region, name => new(() => new ParameterStoreClient(_credentials.Value, name, _options.ServiceUrl, _time))).Value;

    private static string ValueIn(string text, string? key, string reference)
    {
        if (key is null)
        {
            return text;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind != JsonValueKind.Object ? throw new SecretUnreadableException(AwsSecretProblems.NotJson(reference))
                : json.RootElement.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!
                : throw new SecretUnreadableException(AwsSecretProblems.NoKey(reference));
        }
        catch (JsonException)
        {
            throw new SecretUnreadableException(AwsSecretProblems.NotJson(reference));
        }
    }
}
