using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Configuration;
using Gateway.Api.Configuration.Changes;
using ServiceDefaults.Redaction;

namespace Gateway.Api.Endpoints.Config;

/// <param name="Version">Of what was put and is in force; 0 where nothing is.</param>
/// <param name="Author">Who put it.</param>
/// <param name="Gateway">What is in force, all sources together, defaults included. Secrets are references to them.</param>
/// <param name="Overlay">What was put: a merge patch (RFC 7396) of gateway.json. PUT takes its place.</param>
/// <param name="Faults">What was wrong with the last change of each source, where it was refused.</param>
internal sealed record ShownConfiguration(long Version, string? Author, DateTimeOffset? ChangedAt, JsonObject Gateway, JsonElement? Overlay, IReadOnlyList<ShownConfiguration.Fault> Faults)
{
    public static ShownConfiguration Of(LiveConfiguration live)
    {
        var version = live.Version;
        return new(version?.Version ?? 0, version?.Author, version?.ChangedAt, OptionsJson.Of(live.Current), version?.Gateway, [.. live.RefusedChanges.SelectMany(FaultsOf)]);
    }

    private static IEnumerable<Fault> FaultsOf(RefusedChange change) =>
        change.Faults.Select(Redactor.Mask).Select(fault => new Fault(change.Source, change.At, FaultKey.Of(fault), fault));

    internal sealed record Fault(string Source, DateTimeOffset At, string? Key, string Message);
}
