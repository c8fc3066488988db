using Aws.Deployment.Configuration;
using Aws.Deployment.Operations.Cdk;

namespace Aws.Deployment.Operations;

/// <summary>Which stacks are brought there together: what others are waiting for has to be done in between.</summary>
/// <param name="Base">What images and weights are put into.</param>
/// <param name="Services">What runs.</param>
/// <param name="Page">The demo page, whose key only a running gateway can make.</param>
internal sealed record DeployPlan(IReadOnlyList<StackArtifact> Base, IReadOnlyList<StackArtifact> Services, IReadOnlyList<StackArtifact> Page)
{
    private static readonly string[] BaseConcerns = ["network", "state"];

    public static DeployPlan Of(DeploymentOptions options, CloudAssembly assembly)
    {
        var byPart = assembly.Stacks.ToLookup(stack => stack.Name[(options.Prefix.Length + 1)..] switch
        {
            var concern when BaseConcerns.Contains(concern) => 0,
            "demo" => 2,
            _ => 1,
        });

        // Whatever waits for the page, such as its alarms, comes with it.
        var page = byPart[2].Select(stack => stack.Id).ToList();
        var late = byPart[1].Where(stack => stack.DependsOn.Any(page.Contains)).ToList();
        return new DeployPlan([.. byPart[0]], [.. byPart[1].Except(late)], [.. byPart[2], .. late]);
    }
}
