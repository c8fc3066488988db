using System.Text.Json.Nodes;

namespace ServiceDefaults.Aws;

/// <summary>Reads AWS Secrets Manager.</summary>
/// <param name="credentials">Whose signature; started.</param>
/// <param name="region">Such as <c>eu-central-1</c>.</param>
/// <param name="serviceUrl">Where it is reached instead of at AWS; null or empty at AWS.</param>
/// <param name="time">The clock.</param>
public sealed class SecretsManagerClient(AwsCredentialSource credentials, string region, string? serviceUrl, TimeProvider time) : IDisposable
{
    private const string Service = "secretsmanager";

    private readonly AwsJsonClient _client = new(Service, Service, credentials, region, serviceUrl, time);

    /// <summary>The text of the secret's current version; null where it is binary.</summary>
    /// <param name="id">A name, or an ARN.</param>
    /// <exception cref="AwsServiceException">AWS refused it (<c>ResourceNotFoundException</c>), or could not be reached.</exception>
    public async Task<string?> GetAsync(string id, CancellationToken cancellationToken)
    {
        using var reply = await _client.CallAsync("GetSecretValue", new JsonObject { ["SecretId"] = id }, cancellationToken);
        return reply.RootElement.TryGetProperty("SecretString", out var text) ? text.GetString() : null;
    }

    public void Dispose() => _client.Dispose();
}
