using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Alerts;

/// <summary>The gateway's admin API as far as it is watched: targets, budgets, journal.</summary>
internal sealed class ScriptedGateway : IAsyncDisposable
{
    private readonly SemaphoreSlim _asked = new(0);
    private ScriptedUpstream _server = null!;

    public ConcurrentDictionary<string, JsonObject> Targets { get; } = [];

    public JsonObject Tenants { get; set; } = [];

    public JsonObject Tiers { get; set; } = [];

    /// <summary>API keys, as the admin API shows them; a page holds one.</summary>
    public IReadOnlyList<JsonObject> Keys { get; set; } = [];

    public long? JournalEvents { get; set; }

    /// <summary>What every request gets instead of an answer.</summary>
    public int? FailsWith { get; set; }

    public Uri Address => _server.Address;

    public static async Task<ScriptedGateway> StartAsync()
    {
        var gateway = new ScriptedGateway();
        gateway._server = await ScriptedUpstream.StartAsync(gateway.AnswerAsync);
        gateway.Set("phi", "local/phi");
        return gateway;
    }

    public void Set(string alias, string target, bool available = true, string? reason = null, string circuit = "closed", long attempts = 0, long failures = 0) =>
        Targets[$"{alias} {target}"] = new JsonObject
        {
            ["model"] = alias, ["target"] = target, ["available"] = available, ["reason"] = reason, ["circuit"] = circuit, ["attempts"] = attempts, ["failures"] = failures,
        };

    /// <summary>Ends when the targets were asked for so many times more.</summary>
    public async Task AskedAsync(int times, CancellationToken cancellationToken)
    {
        for (var i = 0; i < times; i++)
        {
            await _asked.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _asked.Dispose();
    }

    private Task AnswerAsync(HttpContext http)
    {
        var isKnown = http.Request.Headers.Authorization == $"Bearer {CostHost.AdminKey}";
        if ((isKnown ? FailsWith : 401) is { } status)
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        }

        switch (http.Request.Path.Value)
        {
            case "/admin/providers":
                _asked.Release();
                return WriteAsync(http, new JsonObject { ["object"] = "list", ["data"] = new JsonArray([.. Targets.Values.Select(target => target.DeepClone())]) });
            case "/admin/config":
                return WriteAsync(http, new JsonObject { ["version"] = 0, ["gateway"] = new JsonObject { [nameof(Tenants)] = Tenants.DeepClone(), [nameof(Tiers)] = Tiers.DeepClone() } });
            case "/admin/keys":
                var start = 1 + Keys.Select(key => (string)key["id"]!).ToList().IndexOf(http.Request.Query["after"].ToString());
                return WriteAsync(http, new JsonObject
                {
                    ["object"] = "list", ["data"] = new JsonArray([.. Keys.Skip(start).Take(1).Select(key => key.DeepClone())]), ["has_more"] = start + 1 < Keys.Count,
                    ["last_id"] = start < Keys.Count ? (string)Keys[start]["id"]! : null,
                });
            case "/metrics" when JournalEvents is { } events:
                return http.Response.WriteAsync($"# TYPE gateway_usage_journal_undelivered gauge\ngateway_usage_journal_undelivered {events}\n");
            default:
                http.Response.StatusCode = 404;
                return Task.CompletedTask;
        }
    }

    private static Task WriteAsync(HttpContext http, JsonObject body)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString());
    }
}
