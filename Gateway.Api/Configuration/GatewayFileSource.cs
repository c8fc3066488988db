using Microsoft.Extensions.Configuration.Json;

namespace Gateway.Api.Configuration;

/// <summary>gateway.json: a JSON file that is read again when it changes, as <see cref="GatewayFileProvider"/> does.</summary>
internal sealed class GatewayFileSource : JsonConfigurationSource
{
    public override IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        EnsureDefaults(builder);
        return new GatewayFileProvider(this);
    }
}
