namespace Aws.Deployment.Packages;

/// <summary>A service that runs on AWS.</summary>
/// <param name="Name">What its package and its image are called.</param>
/// <param name="Project">Its project, which is its folder and its assembly too.</param>
internal sealed record Service(string Name, string Project)
{
    public static Service Gateway { get; } = new("gateway", "Gateway.Api");

    public static IReadOnlyList<Service> All { get; } = [Gateway, new("products", "Mcp.Products"), new("cost", "Cost.Worker")];
}
