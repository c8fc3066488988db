using Aws.Deployment.Configuration;

namespace Aws.Deployment.Tests.Synthesis;

/// <summary>An environment as it may be asked for: the three files as they are, and what else the command line and the options allow.</summary>
public sealed record Variant(string Name, string Environment, DeploymentOverrides Overrides, Func<DeploymentOptions, DeploymentOptions> Change)
{
    public static Variant Dev { get; } = Of("dev", "dev");

    public static Variant Test { get; } = Of("test", "test");

    public static Variant Prod { get; } = Of("prod", "prod");

    /// <summary>All that there is on Lambda: a domain, GPUs, another region than the edge's.</summary>
    public static Variant Full { get; } = new("prod-full", "prod", new() { Domain = "example.com" }, options => options with
    {
        Inference = options.Inference with { Gpu = "g5.xlarge" },
        Monitoring = options.Monitoring with { Email = "oncall@example.com" },
    });

    /// <summary>The gateway on Fargate, without NAT gateways, and the model server on cheap instances.</summary>
    public static Variant Fargate { get; } = new("dev-fargate", "dev", new() { Domain = "example.com", Compute = "fargate", Region = "us-east-1" }, options => options with
    {
        Inference = options.Inference with { Gpu = "g4dn.xlarge", Spot = true, EnforceEager = true, MachineImage = "ami-0123456789abcdef0" },
    });

    public static IReadOnlyList<Variant> All { get; } = [Dev, Test, Prod, Full, Fargate];

    public DeploymentOptions Options => Change(DeploymentOptionsReader.Read(Environment, Overrides));

    private static Variant Of(string name, string environment) => new(name, environment, new(), options => options);
}
