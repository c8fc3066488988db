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

    private static readonly string[] Forwarded = ["Accept", "Last-Event-ID"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient? _http = configuration[AddressKey] is { Length: > 0 } address
        ? new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(address), Timeout = Patience }
        : null;

    public bool IsKnown => _http is not null;

    /// <summary>The worker's answer to what an administrator asks. It takes the admin key alone, so the gateway asks with its own, whatever the administrator came with.</summary>
    /// <param name="path">What is asked for, such as <c>usage</c>; the query is the administrator's.</param>
    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    public async Task<HttpResponseMessage> ForwardAsync(HttpContext http, string path, CancellationToken cancellationToken)
    {
        using var request = RequestOf($"{path}{http.Request.QueryString}");
        request.Headers.TryAddWithoutValidation(RequestIds.Header, http.TraceIdentifier);
        foreach (var name in Forwarded)
        {
            if (http.Request.Headers.TryGetValue(name, out var values))
            {
                request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return await _http!.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>The worker's answer to what the gateway itself wants to know.</summary>
    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    public async Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var request = RequestOf(path);
        return await _http!.SendAsync(request, cancellationToken);
    }

    public void Dispose() => _http?.Dispose();

    private HttpRequestMessage RequestOf(string address) =>
        new(HttpMethod.Get, address) { Headers = { Authorization = secrets.Find(live.Current.Access.AdminKey)?.Bearer } };
}
