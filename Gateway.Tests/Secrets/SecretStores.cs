using System.Diagnostics.Metrics;
using Gateway.Api.Secrets;
using Gateway.Api.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Tests.Secrets;

internal static class SecretStores
{
    /// <summary>A store for a test that wants no host.</summary>
    public static SecretStore Over(IConfiguration configuration, TimeProvider time)
    {
        var metrics = new GatewayMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
        var options = new SecretsOptions();
        return new SecretStore(configuration, new SecretReader(configuration, options, time, NullLoggerFactory.Instance), options, metrics, time, NullLogger<SecretStore>.Instance);
    }
}
