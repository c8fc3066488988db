using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cost.Worker.Configuration;
using ServiceDefaults.Aws;
using ServiceDefaults.Network;
using ServiceDefaults.Tls;

namespace Cost.Worker.Alerts.Sinks;

/// <summary>Publishes to a topic of Amazon SNS (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html), the severity as an attribute that subscriptions may filter by.</summary>
internal sealed partial class SnsSink : IAlertSink, IDisposable
{
    private const string Service = "sns";
    private const string Version = "2010-03-31";
    private const int RegionInArn = 3;
    private const int PartsOfArn = 6;

    private readonly string _topic;
    private readonly Uri _address;
    private readonly HttpClient _http;

    /// <param name="credentials">Whose signature; started.</param>
    public SnsSink(SinkOptions options, AwsCredentialSource credentials, TimeProvider time)
    {
        _topic = options.Topic!;
        var region = RegionOf(_topic)!;
        var suffix = region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "";
        _address = new Uri(string.IsNullOrEmpty(options.ServiceUrl) ? $"https://{Service}.{region}.amazonaws.com{suffix}/" : options.ServiceUrl);
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = !_address.IsLoopback,
            SslOptions = { EnabledSslProtocols = TransportSecurity.Outgoing },
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        _http = new HttpClient(new AwsSigningHandler(credentials, region, Service, time) { InnerHandler = sockets }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The region in <c>arn:aws:sns:eu-central-1:123456789012:alerts</c>; null where that is no topic.</summary>
    public static string? RegionOf(string? topic) =>
        topic?.Split(':') is { Length: PartsOfArn } parts && parts[0] == "arn" && parts[2] == Service && Region().IsMatch(parts[RegionInArn]) && parts[^1].Length > 0 ? parts[RegionInArn] : null;

    public async Task SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "Publish",
            ["Version"] = Version,
            ["TopicArn"] = _topic,
            ["Subject"] = SubjectOf(message),
            ["Message"] = JsonSerializer.Serialize(message, AlertJson.Default.AlertMessage),
            ["MessageAttributes.entry.1.Name"] = "severity",
            ["MessageAttributes.entry.1.Value.DataType"] = "String",
            ["MessageAttributes.entry.1.Value.StringValue"] = message.SeverityText(),
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = form };
        form.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                var code = ErrorCode().Match(await response.Content.ReadAsStringAsync(cancellationToken)).Groups[1].Value;
                throw new SinkException($"it answered with HTTP {(int)response.StatusCode} {code}.", isRejected: code is "InvalidParameter" or "ParameterValueInvalid" or "InvalidParameterValue");
            }
        }
        catch (Exception failure) when (failure.IsOfNetwork())
        {
            throw new SinkException($"it cannot be reached: {failure.Message}", inner: failure);
        }
    }

    public void Dispose() => _http.Dispose();

    // A subject is ASCII without control characters.
    private static string SubjectOf(AlertMessage message) => string.Concat(message.Title().Select(letter => char.IsAscii(letter) ? letter : '?'));

    [GeneratedRegex("^[a-z]{2}(-[a-z]+)+-[0-9]$")]
    private static partial Regex Region();

    // <ErrorResponse><Error><Type>Sender</Type><Code>InvalidParameter</Code>…
    [GeneratedRegex("<Code>([A-Za-z]{1,64})</Code>")]
    private static partial Regex ErrorCode();
}
