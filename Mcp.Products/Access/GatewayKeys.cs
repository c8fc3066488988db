using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ServiceDefaults.Correlation;
using ServiceDefaults.Network;

namespace Mcp.Products.Access;

/// <summary>
/// Keys and tokens are the gateway's: it is asked whose they are, with what the client sent, and its answer holds for a few seconds. While it does not answer,
/// keys that were good before stay good for a while. Its address comes from the AppHost in Aspire's form, <c>services__gateway__http__0</c>.
/// </summary>
internal sealed partial class GatewayKeys : IDisposable
{
    private const string AddressKey = "services:gateway:http:0";
    private const string DefaultAddress = "http://localhost:8080";
    private const string KeyHeader = "x-api-key";
    private const int LongestKey = 8 * 1024;
    private const int MostKnown = 10_000;

    /// <summary>So long a revoked key is still served at most.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan UsableWithoutGateway = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly ILogger<GatewayKeys> _logger;
    private ConcurrentDictionary<string, (Verdict Verdict, long Asked)> _known = new();

    public GatewayKeys(IConfiguration configuration, TimeProvider time, ILogger<GatewayKeys> logger)
    {
        var address = configuration[AddressKey] is { Length: > 0 } configured ? configured : DefaultAddress;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(address), Timeout = Patience };
        _time = time;
        _logger = logger;
    }

    public ValueTask<Verdict> FindAsync(HttpRequest request)
    {
        var (authorization, key) = (request.Headers.Authorization.ToString(), request.Headers[KeyHeader].ToString());
        if (authorization.Length + key.Length is 0 or > LongestKey)
        {
            return new(Verdict.Refused(StatusCodes.Status401Unauthorized, "Send a key or token of the gateway in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)."));
        }

        // Kept is a hash: keys themselves are not.
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{authorization}\n{key}")));
        return _known.TryGetValue(name, out var known) && _time.GetElapsedTime(known.Asked) < Fresh
            ? new(known.Verdict)
            : AskAsync(name, authorization, key, request.HttpContext.TraceIdentifier, request.HttpContext.RequestAborted);
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Verdict> AskAsync(string name, string authorization, string key, string requestId, CancellationToken cancellationToken)
    {
        try
        {
            using var question = new HttpRequestMessage(HttpMethod.Get, "mcp/caller");
            Add(question, "Authorization", authorization);
            Add(question, KeyHeader, key);
            Add(question, RequestId.Header, requestId);
            using var answer = await _http.SendAsync(question, cancellationToken);
            if (await VerdictOfAsync(answer, cancellationToken) is { } verdict)
            {
                Keep(name, verdict);
                return verdict;
            }

            LogNoAnswer($"status {(int)answer.StatusCode}");
        }
        catch (Exception failure) when (failure.IsOfNetwork() || failure is JsonException || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogNoAnswer(failure.Message);
        }

        return _known.TryGetValue(name, out var known) && known.Verdict.Client is not null && _time.GetElapsedTime(known.Asked) < UsableWithoutGateway
            ? known.Verdict
            : Verdict.GatewayAway;
    }

    // Null where the answer says nothing about the key.
    private static async ValueTask<Verdict?> VerdictOfAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
        {
            return null;
        }

        using var body = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK
            ? Verdict.Known(new Client(TextOf(body.RootElement, "id"), TextOf(body.RootElement, "name"), TextOf(body.RootElement, "tenant")))
            : Verdict.Refused((int)answer.StatusCode, body.RootElement.TryGetProperty("error", out var error) ? TextOf(error, "message") : "The key was not accepted.");
    }

    // Whoever tries that many keys is not stopped by remembering them; what counts then is that memory is bounded.
    private void Keep(string name, Verdict verdict)
    {
        if (_known.Count >= MostKnown)
        {
            _known = new();
        }

        _known[name] = (verdict, _time.GetTimestamp());
    }

    private static string TextOf(JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";

    private static void Add(HttpRequestMessage question, string header, string value)
    {
        if (value.Length > 0)
        {
            question.Headers.TryAddWithoutValidation(header, value);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The gateway did not say whose a key is: {Reason}")]
    private partial void LogNoAnswer(string reason);
}
