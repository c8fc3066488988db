using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Failures;

/// <summary>
/// Two gateways as processes of their own on one Redis, with one alias and two targets for each row of the table, so that what one row
/// does to its targets is nothing to the others. The upstreams are scripted by the tests; those of <see cref="Live"/> are processes too.
/// </summary>
public sealed class TwoGateways : IAsyncLifetime
{
    /// <summary>The alias whose targets are simulated models on <see cref="ModelPorts"/>; its streams are safe.</summary>
    public const string Live = "live";

    private const int RequestsEach = 2;

    // The time-outs of the rows that have short ones; the others have those that ship.
    private static readonly Dictionary<string, (string Key, string Value)[]> Rows = new()
    {
        ["pause"] = [],
        ["hiccup-500"] = [],
        ["hiccup-reset"] = [],
        ["for-ever-429"] = [],
        ["for-ever-503"] = [],
        ["silent"] = [("RequestTimeoutSeconds", "3"), ("FirstTokenTimeoutSeconds", "0.5"), ("FallbackReserveSeconds", "2.5")],
        ["silent-in-full"] = [],
        ["late"] = [("FirstTokenTimeoutSeconds", "0.5")],
        ["late-in-full"] = [],
        ["broken"] = [("StreamIdleTimeoutSeconds", "0.5")],
        ["broken-safe"] = [("StreamIdleTimeoutSeconds", "0.5"), ("SafeStream", "true")],
        ["broken-in-full"] = [],
        ["broken-safe-in-full"] = [("SafeStream", "true")],
        ["malformed"] = [],
        ["endless"] = [],
        ["endless-open"] = [],
        ["endless-safe"] = [("SafeStream", "true")],
        ["endless-safe-open"] = [("SafeStream", "true")],
        ["context"] = [("Targets:0:ContextWindow", "4096")],
        ["context-no-room"] = [("Targets:0:ContextWindow", "4096"), ("Targets:1:ContextWindow", "4096")],
        ["policy"] = [],
        ["prefill"] = [("SafeStream", "true")],
        ["priced"] = [],
        ["no-answer-html"] = [],
        ["no-answer-empty"] = [],
        ["no-answer-json"] = [],
        ["unknown"] = [],
        ["leave"] = [],
        ["idle"] = [("StreamIdleTimeoutSeconds", "600")],
        ["slow"] = [("StreamIdleTimeoutSeconds", "600")],
        ["beside"] = [],
    };

    private readonly ConcurrentDictionary<string, TableCall> _calls = new();
    private readonly List<GatewayProcess> _gateways = [];
    private readonly List<HttpClient> _callers = [];
    private readonly List<DirectoryInfo> _data = [];
    private ServerProcess _redis = null!;
    private TableUpstream _first = null!;
    private TableUpstream _second = null!;

    public string Key { get; private set; } = "";

    public IReadOnlyList<Uri> Addresses => [.. _gateways.Select(gateway => gateway.Address)];

    internal IReadOnlyList<GatewayProcess> Processes => _gateways;

    /// <summary>Where the targets of <see cref="Live"/> are to listen, the primary first.</summary>
    public IReadOnlyList<int> ModelPorts { get; } = [ServerProcess.FreePort(), ServerProcess.FreePort()];

    /// <summary>Ends when each gateway has said a line with this in it.</summary>
    public Task LineAsync(string part) => Task.WhenAll(_gateways.Select(gateway => gateway.LineAsync(part, TestContext.Current.CancellationToken)));

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServers.StartRedisAsync();
        _first = await TableUpstream.StartAsync(_calls, call => call.AtFirst);
        _second = await TableUpstream.StartAsync(_calls, call => call.AtSecond);
        _data.AddRange([Directory.CreateTempSubdirectory("failures-"), Directory.CreateTempSubdirectory("failures-")]);
        string[] settings =
        [
            .. Provider("first", new Uri(_first.Address, "v1")), .. Provider("second", new Uri(_second.Address, "v1")),
            .. Provider("model-one", AddressOf(ModelPorts[0])), .. Provider("model-two", AddressOf(ModelPorts[1])),
            .. Rows.SelectMany(row => Alias(row.Key, "first", "second", row.Key, row.Value)),
            .. Alias(Live, "model-one", "model-two", SimulatedGateway.ServedChatModel, [("SafeStream", "true")]),
            "--Gateway:Prices:first/priced:Input", "1", "--Gateway:Prices:first/priced:Output", "1",
            "--Gateway:Prices:second/priced:Input", "20", "--Gateway:Prices:second/priced:Output", "30",
        ];
        _gateways.AddRange(await Task.WhenAll(_data.Select(data => GatewayProcess.StartAsync(ServerProcess.FreePort(), data.FullName, _redis.Port, settings))));
        Key = await _gateways[0].CreateKeyAsync(new { name = "failures" });
        _callers.AddRange(_gateways.Select(gateway => gateway.ClientWith(Key)));
        await _gateways[1].UntilKnownAsync(Key);
    }

    /// <summary>Scripts a row's targets, then has requests alternate between the gateways, some of each under way at once.</summary>
    /// <param name="second">A sound answer where it is left out.</param>
    internal Task<TableCall[]> AskAsync(string row, bool stream, Func<UpstreamExchange, Task> first, Func<UpstreamExchange, Task>? second = null)
    {
        Script(row, first, second);
        return Task.WhenAll(Enumerable.Range(0, RequestsEach * _callers.Count).Select(number => AskAsync(row, stream, number)));
    }

    internal void Script(string row, Func<UpstreamExchange, Task> first, Func<UpstreamExchange, Task>? second = null)
    {
        _first.Script(row, first);
        _second.Script(row, second ?? (exchange => exchange.AnswerAsync()));
    }

    /// <param name="number">Even ones go to one gateway, odd ones to the other.</param>
    /// <param name="leaving">Cancelled when the caller leaves.</param>
    internal async Task<TableCall> AskAsync(string row, bool stream, int number, CancellationToken leaving = default)
    {
        var call = new TableCall();
        var since = TimeProvider.System.GetTimestamp();
        using var response = await OpenAsync(row, stream, number, call, leaving);
        (call.Status, call.Target) = (response.StatusCode, Header(response, "x-gateway-target"));
        (call.Attempts, call.CostUsd) = (Header(response, "x-gateway-attempts"), Header(response, "x-gateway-cost-usd"));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(leaving));
        var buffer = new char[16 * 1024];
        while (await reader.ReadAsync(buffer, leaving) is > 0 and var read)
        {
            call.Received(new string(buffer, 0, read));
        }

        call.Took = TimeProvider.System.GetElapsedTime(since);
        return call;
    }

    /// <summary>Ends when the answer's head is there.</summary>
    internal async Task<HttpResponseMessage> OpenAsync(string row, bool stream, int number, TableCall call, CancellationToken leaving)
    {
        var id = $"{row}-{Guid.NewGuid():N}";
        _calls[id] = call;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions");
        request.Headers.Add("x-request-id", id);
        request.Headers.Add("x-gateway-details", "true");
        request.Content = new StringContent($$"""{"model":"{{row}}","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"x"}]}""", Encoding.UTF8, "application/json");
        return await _callers[number % _callers.Count].SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaving);
    }

    public async ValueTask DisposeAsync()
    {
        _callers.ForEach(caller => caller.Dispose());
        foreach (var gateway in _gateways)
        {
            await gateway.DisposeAsync();
        }

        await _first.DisposeAsync();
        await _second.DisposeAsync();
        await _redis.DisposeAsync();
        _data.ForEach(data => data.Delete(recursive: true));
    }

    private static IEnumerable<string> Provider(string name, Uri address) =>
        [$"--Gateway:Providers:{name}:Type", "OpenAI", $"--Gateway:Providers:{name}:BaseUrl", address.AbsoluteUri];

    private static IEnumerable<string> Alias(string alias, string first, string second, string model, (string Key, string Value)[] settings) =>
    [
        $"--Gateway:Models:{alias}:Targets:0:Provider", first, $"--Gateway:Models:{alias}:Targets:0:Model", model,
        $"--Gateway:Models:{alias}:Targets:1:Provider", second, $"--Gateway:Models:{alias}:Targets:1:Model", model,
        .. settings.SelectMany(setting => new[] { $"--Gateway:Models:{alias}:{setting.Key}", setting.Value }),
    ];

    private static Uri AddressOf(int port) => new($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/v1");

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
