using Gateway.Api.Configuration.Changes;
using Gateway.Api.Configuration.Documents;

namespace Gateway.Api.Configuration;

/// <summary>What section <c>Gateway</c> is made of, each merged over the one before it; the environment and arguments come on top.</summary>
/// <param name="File">gateway.json.</param>
/// <param name="Parameters">AWS Parameter Store.</param>
/// <param name="Version">What was put at <c>/admin/config</c>; null where nothing was.</param>
internal sealed record ConfigurationSources(GatewayDocument File, GatewayDocument Parameters, ConfigurationVersion? Version)
{
    public IEnumerable<GatewayDocument> Documents => Version is null ? [File, Parameters] : [File, Parameters, Version.Document];
}
