using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>The MCP server of products, inside the network: callers reach it through the gateway.</summary>
internal sealed class ProductsStack : ConcernStack
{
    public const int Port = 8081;

    public ProductsStack(Construct scope, DeploymentOptions options, NetworkStack network, StateStack state, GatewayStack gateway)
        : base(scope, options, "products", "the product server") =>
        Service = new ContainerService(this, options, network, new ContainerShape
        {
            Name = "products",
            Port = Port,
            SecurityGroup = network.Groups.Products,
            RepositoryArn = state.Images.Products.AttrArn,
            Log = Logs.Group(this, "Log", options, "products").Ref,
            Environment = new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = $"http://0.0.0.0:{Port}",
                ["Data__Directory"] = "/tmp/products",
                ["Telemetry__Exporter"] = "Emf",
                ["OTEL_SERVICE_NAME"] = Metrics.ServiceName(options, "products"),
                // With the slash, below which the stage's own path is kept.
                ["services__gateway__http__0"] = $"{gateway.BaseUrl}/",
            },
            // For imports, which the gateway hands on with the admin key that it was asked with.
            Secrets = new Dictionary<string, string> { [Secrets.AdminKeyVariable] = Secrets.AdminKeyIn(state.AdminSecret) },
            SecretArns = [state.AdminSecret],
        });

    public ContainerService Service { get; }

    public static string Url(DeploymentOptions options) => $"http://products.{NetworkStack.DnsOf(options)}:{Port}";
}
