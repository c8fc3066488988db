using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Secrets;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gateway.Tests.Secrets;

/// <summary>The gateway in front of an upstream whose API key is a secret of <see cref="LoopbackAws"/>, and which takes one key only where it is told which.</summary>
internal sealed class SecretGateway : IAsyncDisposable
{
    public const string Reference = "secret:prod/openai#api-key";
    public const string Target = "local/microsoft/Phi-3-mini-4k-instruct";

    private readonly ScriptedUpstream _upstream;
    private readonly ConcurrentQueue<string> _sent;
    private readonly StrongKey _wanted;

    private SecretGateway(ScriptedUpstream upstream, GatewayHost host, ConcurrentQueue<string> sent, StrongKey wanted) => (_upstream, Host, _sent, _wanted) = (upstream, host, sent, wanted);

    public GatewayHost Host { get; }

    /// <summary>The keys that came, in their order.</summary>
    public IReadOnlyCollection<string> Sent => _sent;

    /// <summary>The only key that the upstream takes; any where null.</summary>
    public string? Wanted { set => _wanted.Value = value; }

    public static async Task<SecretGateway> StartAsync(LoopbackAws aws, string reference = Reference, params (string Key, string Value)[] settings)
    {
        var (sent, wanted) = (new ConcurrentQueue<string>(), new StrongKey());
        var upstream = await ScriptedUpstream.StartAsync(http =>
        {
            if (!http.Request.Path.StartsWithSegments("/v1/chat"))
            {
                return TwoTargets.SendAsync(http, "{}", "application/json");
            }

            var key = http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
            sent.Enqueue(key);
            return wanted.Value is { } only && key != only ? TwoTargets.FailAsync(http, 401) : TwoTargets.AnswerAsync(http);
        });
        return new SecretGateway(upstream, await GatewayHost.StartAsync(upstream, [.. aws.Settings, ("Gateway:Providers:local:ApiKey", reference), .. settings]), sent, wanted);
    }

    /// <summary>Ends when the secret has changed after what is done.</summary>
    public async Task ChangedAfterAsync(Action act)
    {
        var store = Host.Services.GetRequiredService<SecretStore>();
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Changed += () => changed.TrySetResult();
        act();
        await changed.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    public static async Task<int> CallAsync(HttpClient caller, string model = SimulatedGateway.ChatModel)
    {
        using var response = await caller.PostAsJsonAsync("/v1/chat/completions", new { model, messages = new[] { new { role = "user", content = "Hello" } } }, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    public async Task<string> ProvidersAsync()
    {
        using var admin = Host.AdminClient();
        return await admin.GetStringAsync("/admin/providers", TestContext.Current.CancellationToken);
    }

    public async Task<JsonNode> ShownAsync(string target = Target) =>
        JsonNode.Parse(await ProvidersAsync())!["data"]!.AsArray().First(shown => (string?)shown!["target"] == target)!;

    /// <summary>All that the gateway shows and logs.</summary>
    public async Task<string> SaidAsync() => $"{await ProvidersAsync()}\n{string.Join('\n', Host.Log.Lines)}";

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    private sealed class StrongKey
    {
        private volatile string? _value;

        public string? Value { get => _value; set => _value = value; }
    }
}
