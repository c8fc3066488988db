using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServiceDefaults.Aws;

/// <summary>Reads AWS Systems Manager's Parameter Store; what is encrypted there is decrypted.</summary>
/// <param name="credentials">Whose signature; started.</param>
/// <param name="region">Such as <c>eu-central-1</c>.</param>
/// <param name="serviceUrl">Where it is reached instead of at AWS; null or empty at AWS.</param>
/// <param name="time">The clock.</param>
public sealed class ParameterStoreClient(AwsCredentialSource credentials, string region, string? serviceUrl, TimeProvider time) : IDisposable
{
    private const string Service = "ssm";
    private const string TargetPrefix = "AmazonSSM";
    private const int LargestPage = 10;

    private readonly AwsJsonClient _client = new(Service, TargetPrefix, credentials, region, serviceUrl, time);

    /// <param name="name">A name, or an ARN.</param>
    /// <exception cref="AwsServiceException">AWS refused it (<c>ParameterNotFound</c>), or could not be reached.</exception>
    public async Task<Parameter> GetAsync(string name, CancellationToken cancellationToken)
    {
        using var reply = await _client.CallAsync("GetParameter", new JsonObject { ["Name"] = name, ["WithDecryption"] = true }, cancellationToken);
        return Read(reply.RootElement.GetProperty("Parameter"));
    }

    /// <summary>Every parameter under a path such as <c>/gateway/prod</c>, at whatever depth, page by page.</summary>
    /// <exception cref="AwsServiceException">AWS refused it, or could not be reached.</exception>
    public async IAsyncEnumerable<Parameter> GetByPathAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var body = new JsonObject { ["Path"] = path, ["Recursive"] = true, ["WithDecryption"] = true, ["MaxResults"] = LargestPage };
            if (next is not null)
            {
                body["NextToken"] = next;
            }

            using var page = await _client.CallAsync("GetParametersByPath", body, cancellationToken);
            foreach (var parameter in page.RootElement.GetProperty("Parameters").EnumerateArray())
            {
                yield return Read(parameter);
            }

            next = page.RootElement.TryGetProperty("NextToken", out var token) ? token.GetString() : null;
        }
        while (!string.IsNullOrEmpty(next));
    }

    public void Dispose() => _client.Dispose();

    private static Parameter Read(JsonElement parameter) =>
        new(parameter.GetProperty("Name").GetString()!, parameter.GetProperty("Value").GetString()!, parameter.GetProperty("Version").GetInt64());
}
