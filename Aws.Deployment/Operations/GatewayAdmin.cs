using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Aws.Deployment.Operations;

/// <summary>Makes API keys at a gateway that was just deployed.</summary>
/// <param name="http">Its base address is the gateway's.</param>
internal sealed class GatewayAdmin(HttpClient http, string adminKey, TimeProvider time)
{
    private const int Looks = 40;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns once the gateway takes the key: each instance learns of it a moment later.</summary>
    public async Task<(string Id, string Key)> CreateAsync(JsonObject key, CancellationToken cancellationToken)
    {
        using var reply = await SendAsync(HttpMethod.Post, "admin/keys", adminKey, key, cancellationToken);
        if (!reply.IsSuccessStatusCode)
        {
            throw new OperationFault($"The gateway made no API key: HTTP {(int)reply.StatusCode} {await reply.Content.ReadAsStringAsync(cancellationToken)}", "Look at the gateway's log in CloudWatch, and run it again.");
        }

        var made = (await reply.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!;
        var secret = (string)made["key"]!;
        for (var look = 0; look < Looks; look++)
        {
            using var models = await SendAsync(HttpMethod.Get, "v1/models", secret, null, cancellationToken);
            if (models.IsSuccessStatusCode)
            {
                break;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }

        return ((string)made["id"]!, secret);
    }

    public async Task RevokeAsync(string id, CancellationToken cancellationToken)
    {
        using var reply = await SendAsync(HttpMethod.Delete, $"admin/keys/{id}", adminKey, null, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string bearer, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body), Headers = { Authorization = new AuthenticationHeaderValue("Bearer", bearer) } };
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            throw new OperationFault($"The gateway at {http.BaseAddress} did not answer: {failure.Message}", "Look at its log in CloudWatch and whether its name resolves, and run it again.");
        }
    }
}
