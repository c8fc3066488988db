using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Tests.Security;

/// <summary>The gateway as it ships, spoken to over a raw socket, before an upstream that takes down every request that reaches it.</summary>
public sealed partial class RawGateway : IAsyncLifetime
{
    /// <summary>What the gateway's upstream is sent as its credential.</summary>
    public const string ProviderKey = "sk-of-the-provider";

    private const string Answer = """{"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"ok"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}""";

    private readonly string _data = Directory.CreateTempSubdirectory("raw-").FullName;
    private readonly ConcurrentQueue<UpstreamRequest> _received = new();
    private ServerProcess _redis = null!;
    private ScriptedUpstream _upstream = null!;
    private GatewayProcess _gateway = null!;

    public string Key { get; private set; } = "";

    /// <summary>A head that the upstream adds to what it answers.</summary>
    public Action<IHeaderDictionary> Adds { get; set; } = _ => { };

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServers.StartRedisAsync();
        _upstream = await ScriptedUpstream.StartAsync(AnswerAsync);
        _gateway = await GatewayProcess.StartAsync(
            ServerProcess.FreePort(), _data, _redis.Port, new Dictionary<string, string> { ["LOCAL_KEY"] = ProviderKey },
            "--Gateway:Providers:local:BaseUrl", new Uri(_upstream.Address, "v1").AbsoluteUri, "--Gateway:Providers:local:ApiKey", "env:LOCAL_KEY", "--Gateway:PassThrough", "local");
        Key = await _gateway.CreateKeyAsync(new { name = "raw", tenant = "acme\u00e9" });
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
        await _redis.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>Sends the bytes, and after them a request that has the connection closed; returns the statuses that came back, and what reached the upstream.</summary>
    /// <param name="bytes">Latin-1; <c>KEY</c> stands for a good key.</param>
    internal async Task<(string Statuses, string Replies, IReadOnlyList<UpstreamRequest> Received)> SendAsync(string bytes)
    {
        _received.Clear();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(_gateway.Address.Host, _gateway.Address.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.Latin1.GetBytes(bytes.Replace("KEY", Key, StringComparison.Ordinal) + "GET /alive HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        var replies = new StringBuilder();
        var buffer = new byte[16 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var count)
            {
                replies.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (SocketException)
        {
            // It was closed before all that was sent had been read.
        }

        var text = replies.ToString();
        return (string.Join(' ', Statuses().Matches(text).Select(match => match.Groups[1].Value)), text, [.. _received]);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var body = await new StreamReader(http.Request.Body, Encoding.Latin1).ReadToEndAsync(http.RequestAborted);
        _received.Enqueue(new UpstreamRequest(
            http.Request.Method, $"{http.Request.Path.ToUriComponent()}{http.Request.QueryString}", http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
        http.Response.ContentType = "application/json";
        Adds(http.Response.Headers);
        await http.Response.WriteAsync(Answer, http.RequestAborted);
    }

    [GeneratedRegex(@"HTTP/1\.1 ([0-9]{3})")]
    private static partial Regex Statuses();
}
