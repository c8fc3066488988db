using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;
using Gateway.Api.Secrets;

namespace Gateway.Api.Metering;

/// <summary>
/// Asks the cost worker, which keeps the ledger. Its address comes from the AppHost in Aspire's form, <c>services__cost__http__0</c>.
/// </summary>
internal sealed class CostWorkerClient(IConfiguration configuration, LiveConfiguration live, SecretStore secrets) : IDisposable
{
    private const string AddressKey = "services:cost:http:0";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient? _http = configuration[AddressKey] is { Length: > 0 } address
        ? new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(address), Timeout = Patience }
        : null;

    public bool IsKnown => _http is not null;

    /// <summary>The worker's answer to a GET. It takes the admin key alone, so the gateway asks with its own, whatever the administrator came with.</summary>
    /// <param name="path">What is asked for, such as <c>usage</c>.</param>
    /// <param name="query">As the administrator wrote it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    public async Task<HttpResponseMessage> GetAsync(string path, QueryString query, string requestId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}{query}");
        request.Headers.TryAddWithoutValidation(RequestIds.Header, requestId);
        request.Headers.Authorization = secrets.Find(live.Current.Access.AdminKey)?.Bearer;
        return await _http!.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public void Dispose() => _http?.Dispose();
}
