using System.Text;
using System.Text.Json;
using Gateway.Tests.Fuzz.Answers;
using Gateway.Tests.Fuzz.Generation;
using Gateway.Tests.Fuzz.Requests;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Fuzz.EndToEnd;

/// <summary>
/// Every route of a running gateway, with the product server and the cost worker behind it and a provider that answers with anything:
/// never a 500, never an exception in a log, and every refusal in the form of errors.
/// </summary>
public sealed class GatewayFuzz : ParserFuzz, IAsyncLifetime
{
    private const int LogsReadEvery = 200;

    private static readonly string[] Headers =
    [
        "x-request-id", "traceparent", "tracestate", "x-gateway-cache", "x-gateway-details", "If-Match", "If-None-Match", "Range", "Accept", "Accept-Encoding", "Content-Encoding", "Idempotency-Key", "Last-Event-ID", "Origin",
        "x-forwarded-for", "anthropic-version", "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Mcp-Session-Id", "Cookie", "Host", "Expect", "Authorization", "x-api-key", "x-gateway-end-user",
    ];

    private static readonly string[] Values =
        ["*", "\"3\"", "W/\"1\"", "bytes=0-5,7-", "bytes=99-1", "on", "off", "refresh", "true", "text/event-stream", "application/json", "gzip", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "=?base64?w6Q=?=", "2026-07-28", "Bearer sk-gw-none", "Bearer e30.e30.AA", "1", "100-continue", "localhost:1"];

    private readonly string _data = Directory.CreateTempSubdirectory("fuzz-").FullName;
    private readonly Mutator _bodies = new([.. RouteExamples.All.Select(BodyOf)], [.. RequestExamples.Names, "\"params\":", "\"arguments\":", "\"gateway\":", "\"limits\":"]);
    private readonly Mutator _addresses = new([.. RouteExamples.All.Select(example => Encoding.UTF8.GetBytes(example[..example.IndexOf('\n')]))], ["?", "&", "=", "/", "%00", "%2e%2e", "%ff", "..", "after=", "limit=-1", "from=9999-12-31", "to=0001-01-01", "limit=99999999999"]);
    private readonly Mutator _values = new([.. Values.Select(Encoding.ASCII.GetBytes)], [",", ";", "=", "\"", "-"]);
    private readonly Mutator _answers = new([.. AnswerExamples.Chat.Select(Encoding.UTF8.GetBytes)], AnswerExamples.Names);

    private ScriptedUpstream _upstream = null!;
    private ProductsHost _products = null!;
    private CostHost _cost = null!;
    private GatewayHost _gateway = null!;
    private HttpClient _caller = null!;
    private HttpClient _admin = null!;
    private (int Status, string Type, byte[] Body) _answer = (200, "application/json", []);
    private int _sent;

    protected override IReadOnlyList<string> Examples => RouteExamples.All;

    protected override (long Fixed, long PerByte) Memory => (64 << 20, 20_000);

    protected override int Slowness => 10;

    protected override int LongInputs => FuzzPlan.Long / 20;

    public async ValueTask InitializeAsync()
    {
        _upstream = await ScriptedUpstream.StartAsync(AnswerAsync);
        _products = await ProductsHost.StartAsync(("Products:RequestsPerMinute", "0"));
        _cost = await CostHost.StartAsync(Path.Combine(_data, "cost"), redisPort: null);
        _gateway = await GatewayHost.StartAsync(
            _upstream,
            ("Data:Directory", Path.Combine(_data, "gateway")),
            ("services:products:http:0", _products.Address.AbsoluteUri),
            ("services:cost:http:0", _cost.Address.AbsoluteUri),
            ("Gateway:Limits:Retries", "0"),
            ("Gateway:PassThrough", "local"));
        _caller = await _gateway.CallerClientAsync();
        _admin = _gateway.AdminClient();
    }

    public async ValueTask DisposeAsync()
    {
        _caller.Dispose();
        _admin.Dispose();
        await _gateway.DisposeAsync();
        await _cost.DisposeAsync();
        await _products.DisposeAsync();
        await _upstream.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    protected override byte[] Make(FuzzRandom random)
    {
        var example = Encoding.UTF8.GetBytes(random.Pick(RouteExamples.All));
        var at = example.AsSpan().IndexOf((byte)'\n');
        var first = random.OneIn(4) ? _addresses.Change(example[..at], random) : example[..at];
        var body = BodyOf(Utf8(example));
        return [.. first.Where(letter => letter is not ((byte)'\n' or (byte)'\r')), .. example[at..(example.Length - body.Length)], .. random.OneIn(8) ? body : _bodies.Change(body, random)];
    }

    protected override void Check(byte[] input, FuzzRandom random)
    {
        _answer = Answer(random);
        using var request = RequestOf(input, random);
        if (request is not null)
        {
            SendAsync(request, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        }

        if (++_sent % LogsReadEvery == 0)
        {
            LoopbackHost[] hosts = [_gateway, _products, _cost];

            // What a client of MCP is told, its SDK logs as an error all the same.
            hosts.SelectMany(host => host.Log.Errors).Where(line => line.Exception is not (null or McpException)).Select(line => $"{line.Category}: {line.Message} {line.Exception}").ShouldBeEmpty();
        }
    }

    private async Task SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await (request.RequestUri!.OriginalString.Contains("/admin", StringComparison.Ordinal) ? _admin : _caller).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var status = (int)response.StatusCode;
        var isStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        if (isStream && request.RequestUri!.OriginalString.Contains("/admin", StringComparison.Ordinal))
        {
            return;
        }

        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var told = $"{request.Method} {request.RequestUri} {status} {text}\n{string.Join('\n', _gateway.Log.Errors.Select(line => $"{line.Message} {line.Exception}"))}";
        status.ShouldNotBe(500, told);
        if (status < 400 || text.Length == 0)
        {
            // Kestrel refuses by itself what is no HTTP, and MCP's transport what is no MCP.
            (status < 400 || !response.Headers.Contains("x-request-id") || request.Method == HttpMethod.Head || IsMcp(request)).ShouldBeTrue(told);
            return;
        }

        // What is passed through is the provider's word, and what the description says to other versions is the framework's.
        if (response.Headers.Contains("x-scripted") || request.RequestUri!.AbsolutePath.StartsWith("/openapi/", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/json", told);
        using var json = JsonDocument.Parse(text);
        json.RootElement.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNullOrEmpty(told);
    }

    private static bool IsMcp(HttpRequestMessage request) => request.RequestUri!.AbsolutePath.StartsWith("/mcp/", StringComparison.OrdinalIgnoreCase);

    private HttpRequestMessage? RequestOf(byte[] input, FuzzRandom random)
    {
        var text = Utf8(input);
        var first = text.Split('\n')[0].Split(' ', 2);
        if (first.Length < 2 || !first[0].All(char.IsAsciiLetter) || first[0].Length == 0 || first[0].Equals("CONNECT", StringComparison.OrdinalIgnoreCase)
            || !Uri.TryCreate($"{_gateway.Address.GetLeftPart(UriPartial.Authority)}/{first[1].TrimStart('/')}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = random.OneIn(2) && first[1].All(letter => letter is > ' ' and <= '~' and not '#') }, out var address))
        {
            return null;
        }

        var request = new HttpRequestMessage(new HttpMethod(first[0]), address);
        var rest = text.Split('\n', 3);
        if (rest.Length == 3)
        {
            request.Content = new ByteArrayContent(BodyOf(input));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", Line(random.OneIn(30) ? _values.Next(random) : Encoding.UTF8.GetBytes(rest[1])));
        }

        for (var headers = random.OneIn(3) ? random.Below(3) : 0; headers > 0; headers--)
        {
            request.Headers.TryAddWithoutValidation(random.Pick(Headers), Line(_values.Next(random)));
        }

        return request;
    }

    // HttpClient itself sends no more than one line of ASCII.
    private static string Line(byte[] value) => Encoding.ASCII.GetString([.. value.Where(letter => letter is >= (byte)' ' and <= (byte)'~').Take(8000)]);

    private (int, string, byte[]) Answer(FuzzRandom random)
    {
        var body = _answers.Next(random);
        return random.Below(4) == 0
            ? (200, "text/event-stream", [.. Enumerable.Range(0, 1 + random.Below(3)).SelectMany(_ => (byte[])[.. "data: "u8, .. _answers.Next(random), .. "\n\n"u8]), .. random.OneIn(4) ? ""u8 : "data: [DONE]\n\n"u8])
            : (random.OneIn(4) ? random.Pick([400, 401, 404, 413, 418, 429, 500, 503]) : 200, random.OneIn(20) ? "text/html" : "application/json", body);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        (http.Response.StatusCode, http.Response.ContentType, var body) = _answer;
        http.Response.Headers["x-scripted"] = "1";
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static byte[] BodyOf(string example) => BodyOf(Encoding.UTF8.GetBytes(example));

    private static byte[] BodyOf(byte[] example)
    {
        var first = example.AsSpan().IndexOf((byte)'\n');
        var second = first < 0 ? -1 : example.AsSpan(first + 1).IndexOf((byte)'\n');
        return second < 0 ? [] : example[(first + second + 2)..];
    }
}
