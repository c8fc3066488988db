using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Configuration.Changes;
using Gateway.Api.Routing;

namespace Gateway.Api.Events;

/// <summary>Tells what has changed in the gateway since it was looked at last: configuration, keys, circuits.</summary>
internal sealed class GatewayWatch(LiveConfiguration configuration, KeyStore keys, Router router, TimeProvider time)
{
    private readonly Lock _lock = new();
    private GatewayOptions? _options;
    private IReadOnlyList<RefusedChange> _refused = [];
    private IReadOnlyList<ApiKey> _keys = [];
    private Dictionary<string, long> _versions = [];
    private Dictionary<(string Alias, string Target), TargetLook> _targets = [];

    public void Begin() => Look();

    public IReadOnlyList<(string Name, JsonObject Data)> Look()
    {
        lock (_lock)
        {
            return [.. Configuration(), .. Keys(), .. Circuits()];
        }
    }

    private IReadOnlyList<(string, JsonObject)> Configuration()
    {
        var (options, refused) = (configuration.Current, configuration.RefusedChanges);
        if (ReferenceEquals(options, _options) && ReferenceEquals(refused, _refused))
        {
            return [];
        }

        (_options, _refused) = (options, refused);
        return [("config", new JsonObject { ["version"] = configuration.Version?.Version ?? 0, ["refused"] = refused.Count > 0 })];
    }

    private List<(string, JsonObject)> Keys()
    {
        var all = keys.All;
        if (ReferenceEquals(all, _keys))
        {
            return [];
        }

        var now = time.GetUtcNow();
        var changed = all.Where(key => _versions.GetValueOrDefault(key.Id) != key.Version)
            .Select(key => ("key", new JsonObject { ["id"] = key.Id, ["status"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(key.StatusAt(now).ToString()) })).ToList();
        (_keys, _versions) = (all, all.ToDictionary(key => key.Id, key => key.Version));
        return changed;
    }

    private List<(string, JsonObject)> Circuits()
    {
        var targets = new Dictionary<(string, string), TargetLook>();
        var changed = new List<(string, JsonObject)>();
        foreach (var route in router.ConfiguredRoutes())
        {
            var hasFallback = router.Find(route.Alias) is { HasFallback: true };
            foreach (var target in route.Targets)
            {
                var problem = target.ProblemNow(hasFallback);
                var look = new TargetLook(target.Health.Circuit.State, problem is null);
                targets[(route.Alias, target.Name)] = look;
                if (_targets.TryGetValue((route.Alias, target.Name), out var before) && before != look)
                {
                    changed.Add(("circuit", new JsonObject { ["model"] = route.Alias, ["target"] = target.Name, ["circuit"] = look.Circuit, ["available"] = look.IsAvailable, ["reason"] = problem?.Reason }));
                }
            }
        }

        _targets = targets;
        return changed;
    }

    private readonly record struct TargetLook(string Circuit, bool IsAvailable);
}
