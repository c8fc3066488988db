using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cost.Worker.Alerts.Sinks;

/// <summary>
/// Posts a message as JSON, signed as https://www.standardwebhooks.com says: HMAC-SHA256 over <c>id.timestamp.body</c>, so that who gets it knows whose it is,
/// how old, and whether it came before.
/// </summary>
internal sealed class WebhookSink(Uri address, byte[] key, bool allowPrivate, TimeProvider time) : IAlertSink, IDisposable
{
    /// <summary>What begins a secret that is Base64, as the standard has it.</summary>
    private const string Base64Prefix = "whsec_";

    private readonly AlertHttp _http = new(allowPrivate);

    /// <exception cref="FormatException">The secret begins as Base64 and is none.</exception>
    public static byte[] KeyOf(string secret) =>
        secret.StartsWith(Base64Prefix, StringComparison.Ordinal) ? Convert.FromBase64String(secret[Base64Prefix.Length..]) : Encoding.UTF8.GetBytes(secret);

    public async Task SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message, AlertJson.Default.AlertMessage);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", $"v1,{SignatureOf($"{message.Id}.{timestamp}.", body)}");
        await _http.PostAsync(request, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private string SignatureOf(string before, byte[] body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(before));
        hash.AppendData(body);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }
}
