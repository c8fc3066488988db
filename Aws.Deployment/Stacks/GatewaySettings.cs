using Aws.Deployment.Configuration;

namespace Aws.Deployment.Stacks;

/// <summary>What the gateway is told by its environment; the rest is in Parameter Store.</summary>
internal static class GatewaySettings
{
    public static Dictionary<string, string> Of(DeploymentOptions options, StateStack state, string trustedProxy)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = $"http://{(options.Gateway.IsLambda ? "127.0.0.1" : "0.0.0.0")}:{GatewayStack.Port}",
            ["ConnectionStrings__redis"] = state.Redis,
            ["Configuration__ParameterStore"] = Settings.PathOf(options),
            ["Data__Directory"] = "/tmp/gateway",
            ["Gateway__Access__KeyStore"] = "DynamoDB",
            ["Gateway__Access__KeyTable"] = state.Keys.Ref,
            ["Gateway__Access__AdminKey"] = $"secret:{Secrets.Admin(options)}#{Secrets.AdminKey}",
            ["Gateway__Access__TrustedProxies__0"] = trustedProxy,
            ["Gateway__Cors__Origins__0"] = "*",
            ["services__products__http__0"] = ProductsStack.Url(options),
            ["services__cost__http__0"] = CostStack.Url(options),
            ["OTEL_SERVICE_NAME"] = Metrics.ServiceName(options, "gateway"),
            ["Telemetry__Exporter"] = "Emf",
        };
        if (ReachesInternet(options))
        {
            settings["Gateway__Providers__openai__ApiKey"] = $"secret:{Secrets.Providers(options)}#{Secrets.OpenAIKey}";
        }

        if (options.ModelDomain is { } model && options.Inference.IsWanted)
        {
            settings["Gateway__Providers__local__BaseUrl"] = $"https://{model}/v1";
        }

        return settings;
    }

    // A function has no public address: it needs a NAT gateway.
    private static bool ReachesInternet(DeploymentOptions options) => options.Network.NatGateways > 0 || !options.Gateway.IsLambda;
}
