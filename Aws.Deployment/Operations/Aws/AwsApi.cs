using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using ServiceDefaults.Aws;
using ServiceDefaults.Network;

namespace Aws.Deployment.Operations.Aws;

/// <summary>
/// Calls services of AWS in the three protocols that they speak (https://smithy.io/2.0/aws/protocols/). What is throttled, or fails on
/// AWS's side or on the network, is tried again after a pause that doubles.
/// </summary>
internal sealed class AwsApi(HttpClient http, AwsSession session, TimeProvider time)
{
    private const int Attempts = 6;
    private const string Global = "us-east-1";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    public AwsSession Session => session;

    /// <summary>The same, in another region.</summary>
    public AwsApi In(string region) => new(http, session with { Region = region }, time);

    /// <summary>The query protocol: a form in, XML out.</summary>
    /// <returns>What is in <c>&lt;XResult&gt;</c>, without namespaces.</returns>
    /// <exception cref="AwsFault">AWS did not serve it.</exception>
    public async Task<XElement> QueryAsync(string service, string version, string action, IEnumerable<(string Name, string? Value)> parameters, CancellationToken cancellationToken)
    {
        var pairs = parameters.Prepend(("Version", version)).Prepend(("Action", action)).Where(pair => pair.Item2 is not null);
        var form = string.Join('&', pairs.Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}"));
        var reply = await SendAsync(HttpMethod.Post, service, session.Region, action, "", form, "application/x-www-form-urlencoded", null, cancellationToken);
        var root = Parse(reply);
        return root.Element($"{action}Result") ?? root;
    }

    /// <summary>The JSON protocol.</summary>
    /// <exception cref="AwsFault">AWS did not serve it.</exception>
    public async Task<JsonObject> JsonAsync(string service, string targetPrefix, string operation, JsonObject body, CancellationToken cancellationToken)
    {
        var reply = await SendAsync(HttpMethod.Post, service, session.Region, operation, "", body.ToJsonString(), "application/x-amz-json-1.1", $"{targetPrefix}.{operation}", cancellationToken);
        return reply.Length == 0 ? [] : JsonNode.Parse(reply)!.AsObject();
    }

    /// <summary>XML over paths, as Route 53 does, which is the same for all regions.</summary>
    /// <exception cref="AwsFault">AWS did not serve it.</exception>
    public async Task<XElement> RestAsync(string service, string path, CancellationToken cancellationToken) =>
        Parse(await SendAsync(HttpMethod.Get, service, Global, path.Split('?')[0], path, null, null, null, cancellationToken));

    private async Task<string> SendAsync(
        HttpMethod method, string service, string region, string action, string path, string? body, string? contentType, string? target, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            AwsFault fault;
            bool isPassing;
            try
            {
                using var request = Request(method, service, region, path, body, contentType, target);
                using var response = await http.SendAsync(request, cancellationToken);
                var reply = await response.Content.ReadAsStringAsync(cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return reply;
                }

                var (code, message) = ErrorIn(reply, (int)response.StatusCode);
                fault = new AwsFault(action, code, message);
                isPassing = fault.IsThrottled || (int)response.StatusCode >= 500;
            }
            catch (Exception failure) when (failure.IsOfNetwork() || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                fault = new AwsFault(action, "Unreachable", $"{session.AddressOf(service, region)} did not answer: {failure.Message}", failure);
                isPassing = true;
            }

            if (!isPassing || attempt == Attempts)
            {
                throw fault;
            }

            await Task.Delay(FirstPause * (1 << (attempt - 1)), time, cancellationToken);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string service, string region, string path, string? body, string? contentType, string? target)
    {
        var bytes = body is null ? [] : Encoding.UTF8.GetBytes(body);
        var request = new HttpRequestMessage(method, new Uri(session.AddressOf(service, region), path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        if (target is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        }

        AwsSignature.Sign(request, bytes, session.Credentials, region, service, time.GetUtcNow());
        return request;
    }

    // <ErrorResponse><Error><Code>ValidationError</Code><Message>…</Message></Error></ErrorResponse>
    // {"__type":"com.amazonaws.ssm#ParameterNotFound","message":"…"}
    private static (string Code, string Message) ErrorIn(string reply, int status)
    {
        try
        {
            if (reply.StartsWith('<'))
            {
                var root = Parse(reply);
                return (root.Descendants("Code").FirstOrDefault()?.Value ?? $"HTTP {status}", root.Descendants("Message").FirstOrDefault()?.Value ?? "");
            }

            var json = JsonNode.Parse(reply) as JsonObject;
            return (((string?)json?["__type"])?.Split('#')[^1] ?? $"HTTP {status}", (string?)json?["message"] ?? (string?)json?["Message"] ?? "");
        }
        catch (Exception unreadable) when (unreadable is XmlException or JsonException)
        {
            return ($"HTTP {status}", reply.Length > 200 ? reply[..200] : reply);
        }
    }

    private static XElement Parse(string xml)
    {
        var root = XElement.Parse(xml);
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return root;
    }
}
