using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Metering;
using ServiceDefaults.Network;

namespace Gateway.Api.Events;

/// <summary>Tells what has become of the cost worker's alerts since they were looked at last.</summary>
internal sealed class AlertWatch(CostWorkerClient worker, TimeProvider time)
{
    private static readonly string[] Severities = ["info", "warning", "critical"];

    private readonly Lock _lock = new();
    private Dictionary<string, JsonObject>? _active;
    private HashSet<string>? _ended;
    private DateTimeOffset _since;

    public void Begin()
    {
        lock (_lock)
        {
            (_active, _ended, _since) = (null, null, time.GetUtcNow());
        }
    }

    public async Task<IReadOnlyList<(string Name, JsonObject Data)>> LookAsync(CancellationToken cancellationToken)
    {
        if (!worker.IsKnown)
        {
            return [];
        }

        try
        {
            using var answer = await worker.GetAsync("alerts", cancellationToken);
            return answer.IsSuccessStatusCode && JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)) is JsonObject list ? Compare(AlertsOf(list, "data"), AlertsOf(list, "recent")) : [];
        }
        catch (Exception failure) when (failure.IsOfNetwork() || failure is JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // It is asked again.
            return [];
        }
    }

    private static List<JsonObject> AlertsOf(JsonObject list, string name) => [.. (list[name] as JsonArray)?.OfType<JsonObject>() ?? []];

    private List<(string, JsonObject)> Compare(List<JsonObject> active, List<JsonObject> ended)
    {
        lock (_lock)
        {
            // What began or ended after somebody began to watch, and before the first look, is news too.
            _active ??= active.Concat(ended).Where(alert => At(alert, "started_at") < _since).ToDictionary(IdOf);
            _ended ??= [.. ended.Where(alert => At(alert, "resolved_at") < _since).Select(IdOf)];
            var news = active.Select(alert => (Event: EventOf(_active.GetValueOrDefault(IdOf(alert)), alert), Alert: alert))
                .Concat(ended.Where(alert => !_ended.Contains(IdOf(alert))).Select(alert => (Event: (string?)"alert.resolved", Alert: alert)))
                .Where(one => one.Event is not null)
                .Select(one => ("alert", new JsonObject { ["event"] = one.Event, ["alert"] = one.Alert.DeepClone() })).ToList();
            (_active, _ended) = (active.ToDictionary(IdOf), [.. ended.Select(IdOf)]);
            return news;
        }
    }

    private static string? EventOf(JsonObject? before, JsonObject now) =>
        before is null ? "alert.raised" : RankOf(now).CompareTo(RankOf(before)) switch { > 0 => "alert.escalated", < 0 => "alert.eased", _ => null };

    private static int RankOf(JsonObject alert) => Array.IndexOf(Severities, (string?)alert["severity"]);

    private static string IdOf(JsonObject alert) => (string?)alert["id"] ?? "";

    private static DateTimeOffset? At(JsonObject alert, string name) => alert[name] is { } at ? at.GetValue<DateTimeOffset>() : null;
}
