using System.Text.Json;
using System.Text.Json.Serialization;
using Gateway.Api.Configuration.Documents;

namespace Gateway.Api.Configuration.Changes;

/// <summary>What was put at <c>/admin/config</c> at some time: a JSON merge patch of what gateway.json and Parameter Store say.</summary>
/// <param name="Version">1 for the first.</param>
/// <param name="Author"><c>administrator</c> for the admin key, <c>jwt:</c> and the subject for a token.</param>
/// <param name="Gateway">Section <c>Gateway</c>, or a part of it.</param>
/// <param name="RollbackTo">The version that was put back; null where something new was put. 0 is that before the first.</param>
internal sealed record ConfigurationVersion(long Version, string Author, DateTimeOffset ChangedAt, JsonElement Gateway, long? RollbackTo = null)
{
    [JsonIgnore]
    public GatewayDocument Document => field ??= DocumentReader.ReadSection(Gateway);

    /// <summary>Whether it came after the other. Where Redis has lost all it knew, numbers begin anew.</summary>
    public bool IsAfter(ConfigurationVersion? other) => other is null || Version > other.Version || ChangedAt > other.ChangedAt;
}
