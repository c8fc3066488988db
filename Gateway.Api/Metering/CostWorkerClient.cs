using System.Net.Http.Headers;
using Gateway.Api.Access;

namespace Gateway.Api.Metering;

/// <summary>
/// Asks the cost worker, which keeps the ledger. Its address comes from the AppHost in Aspire's form, <c>services__cost__http__0</c>.
/// </summary>
internal sealed class CostWorkerClient(IConfiguration configuration) : IDisposable
{
    private const string AddressKey = "services:cost:http:0";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient? _http = configuration[AddressKey] is { Length: > 0 } address
        ? new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(address), Timeout = Patience }
        : null;

    public bool IsKnown => _http is not null;

    /// <summary>The worker's answer to <c>GET /usage</c>, in the name of the administrator who asks.</summary>
    /// <param name="key">The administrator's own.</param>
    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    public async Task<HttpResponseMessage> GetUsageAsync(QueryString query, string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"usage{query}");
        request.Headers.Authorization = new AuthenticationHeaderValue(BearerAuthentication.Scheme, key);
        return await _http!.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public void Dispose() => _http?.Dispose();
}
