using System.Globalization;
using System.Text.Json;
using Gateway.Api.Configuration.Changes;

namespace Gateway.Api.Endpoints.Config;

/// <param name="RollbackTo">The version that was put back; null where something new was put.</param>
/// <param name="Overlay">What was put.</param>
internal sealed record ShownVersion(string Id, long Version, string Author, DateTimeOffset ChangedAt, long? RollbackTo, JsonElement Overlay) : IListed
{
    public static string IdOf(ConfigurationVersion version) => version.Version.ToString(CultureInfo.InvariantCulture);

    public static ShownVersion Of(ConfigurationVersion version) =>
        new(IdOf(version), version.Version, version.Author, version.ChangedAt, version.RollbackTo, version.Gateway);
}
