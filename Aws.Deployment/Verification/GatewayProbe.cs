using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Aws.Deployment.Verification;

/// <summary>Asks a gateway, wherever it is.</summary>
/// <param name="http">Its base address is the gateway's, with a slash at the end.</param>
/// <param name="apiKey">What opens <c>/v1</c>.</param>
internal sealed class GatewayProbe(HttpClient http, string apiKey)
{
    public const string Chat = "v1/chat/completions";

    public Task<ProbeReply> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(Request(HttpMethod.Get, path, null, apiKey), cancellationToken);

    /// <param name="bearer">Null sends no credential.</param>
    public Task<ProbeReply> GetAsAsync(string path, string? bearer, CancellationToken cancellationToken) => SendAsync(Request(HttpMethod.Get, path, null, bearer), cancellationToken);

    public Task<ProbeReply> PostAsync(string path, JsonObject body, CancellationToken cancellationToken) => SendAsync(Request(HttpMethod.Post, path, body, apiKey), cancellationToken);

    /// <summary>What a browser asks before a page of <paramref name="origin"/> calls.</summary>
    public Task<ProbeReply> PreflightAsync(string path, string origin, CancellationToken cancellationToken)
    {
        var request = Request(HttpMethod.Options, path, null, null);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        return SendAsync(request, cancellationToken);
    }

    public static Uri BaseOf(Uri url)
    {
        var text = url.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return new Uri($"{(text.EndsWith("/v1", StringComparison.Ordinal) ? text[..^"/v1".Length] : text)}/");
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, JsonObject? body, string? bearer)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return request;
    }

    private async Task<ProbeReply> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return new ProbeReply((int)response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync(cancellationToken));
        }
    }
}
