using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDefaults.Network;
using ServiceDefaults.Tls;

namespace ServiceDefaults.Aws;

/// <summary>
/// Calls a service of AWS that speaks its JSON 1.1 protocol (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html). What is
/// throttled, or fails on AWS's side or the network, is tried again after a pause that doubles.
/// </summary>
public sealed class AwsJsonClient : IDisposable
{
    private const int Attempts = 3;
    private const string ContentType = "application/x-amz-json-1.1";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly AwsCredentialSource _credentials;
    private readonly TimeProvider _time;
    private readonly string _targetPrefix;
    private readonly Uri _address;
    private readonly HttpClient _http;

    /// <param name="service">AWS's name of the service, such as <c>secretsmanager</c>.</param>
    /// <param name="targetPrefix">What comes before an operation in <c>X-Amz-Target</c>, such as <c>AmazonSSM</c>.</param>
    /// <param name="credentials">Whose signature; started.</param>
    /// <param name="region">Such as <c>eu-central-1</c>.</param>
    /// <param name="serviceUrl">Where the service is reached instead of at AWS; null or empty at AWS.</param>
    /// <param name="time">The clock.</param>
    public AwsJsonClient(string service, string targetPrefix, AwsCredentialSource credentials, string region, string? serviceUrl, TimeProvider time)
    {
        var suffix = region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "";
        _address = new Uri(string.IsNullOrEmpty(serviceUrl) ? $"https://{service}.{region}.amazonaws.com{suffix}/" : serviceUrl);
        (_credentials, _time, _targetPrefix) = (credentials, time, targetPrefix);
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = !_address.IsLoopback,
            SslOptions = { EnabledSslProtocols = TransportSecurity.Outgoing },
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        _http = new HttpClient(new AwsSigningHandler(credentials, region, service, time) { InnerHandler = sockets }) { Timeout = Patience };
    }

    /// <exception cref="AwsServiceException">AWS refused it, or could not be reached, as often as it was tried.</exception>
    public async Task<JsonDocument> CallAsync(string operation, JsonObject body, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await CallOnceAsync(operation, body, cancellationToken);
            }
            catch (AwsServiceException failure) when (attempt < Attempts && IsPassing(failure))
            {
                await Task.Delay(FirstPause * (1 << (attempt - 1)), _time, cancellationToken);
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonDocument> CallOnceAsync(string operation, JsonObject body, CancellationToken cancellationToken)
    {
        if (_credentials.Current is null)
        {
            throw new AwsServiceException(AwsServiceException.NoCredentials);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"{_targetPrefix}.{operation}");
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var reply = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode ? JsonDocument.Parse(reply) : throw new AwsServiceException(CodeOf(response, reply), (int)response.StatusCode);
        }
        catch (Exception failure) when (failure.IsOfNetwork() || failure is JsonException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new AwsServiceException(AwsServiceException.Unreachable, inner: failure);
        }
    }

    // {"__type":"com.amazonaws.secretsmanager#ResourceNotFoundException","Message":"Secrets Manager can't find the specified secret."}
    private static string CodeOf(HttpResponseMessage response, byte[] reply)
    {
        try
        {
            using var error = JsonDocument.Parse(reply);
            if (error.RootElement.ValueKind == JsonValueKind.Object && error.RootElement.TryGetProperty("__type", out var type) && type.ValueKind == JsonValueKind.String)
            {
                var name = type.GetString()!;
                return name[(name.LastIndexOf('#') + 1)..] is { Length: > 0 } code ? code : StatusOf(response);
            }
        }
        catch (JsonException)
        {
            // Told by its status, then.
        }

        return StatusOf(response);
    }

    private static string StatusOf(HttpResponseMessage response) => $"HTTP {(int)response.StatusCode}";

    private static bool IsPassing(AwsServiceException failure) =>
        failure is { Status: 429 or >= 500 } or { Code: AwsServiceException.Unreachable or "ThrottlingException" or "TooManyRequestsException" };
}
