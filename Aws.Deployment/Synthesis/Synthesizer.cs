using Amazon.CDK;
using Aws.Deployment.Configuration;
using Aws.Deployment.Stacks;

namespace Aws.Deployment.Synthesis;

/// <summary>Turns options into an assembly: a folder of templates and what they need, which the CDK CLI deploys. It takes Node.js and no account.</summary>
public static class Synthesizer
{
    // CDK runs on a Node.js that is out of support, and would say so over every command's own words.
    private const string QuietAboutNode = "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION";

    /// <param name="options">Checked ones.</param>
    /// <param name="packages">The folder that holds <c>gateway.zip</c>.</param>
    /// <param name="output">Where the assembly goes; made where it is not there.</param>
    /// <exception cref="FileNotFoundException">A package is missing.</exception>
    public static DeploymentAssembly Synthesize(DeploymentOptions options, string packages, string output)
    {
        var package = Path.Combine(packages, Stacks.Packages.Gateway);
        if (options.Gateway.IsLambda && !File.Exists(package))
        {
            throw new FileNotFoundException($"{package} is not there; the packages are built before the templates.", package);
        }

        System.Environment.SetEnvironmentVariable(QuietAboutNode, "18,20");
        var app = new App(new AppProps { Outdir = Path.GetFullPath(output), AnalyticsReporting = false, TreeMetadata = false });
        var stacks = AddStacks(app, options, packages);
        app.Synth();
        return new DeploymentAssembly(output, [.. stacks.Select(stack => new SynthesizedStack(stack.ArtifactId, stack.StackName, Path.Combine(output, stack.TemplateFile)))]);
    }

    // In the order in which they are deployed.
    internal static List<Stack> AddStacks(App app, DeploymentOptions options, string packages)
    {
        var network = new NetworkStack(app, options);
        var state = new StateStack(app, options, network);
        List<Stack> stacks = [network, state];
        var inference = options.Inference.IsWanted ? new InferenceStack(app, options, network, state) : null;
        if (inference is not null)
        {
            stacks.Add(inference);
        }

        var gateway = new GatewayStack(app, options, network, state, packages);
        stacks.AddRange(
        [
            gateway,
            new ProductsStack(app, options, network, state, gateway),
            new CostStack(app, options, network, state),
            new DemoStack(app, options, gateway),
            new MonitoringStack(app, options, state, gateway, inference),
        ]);
        return stacks;
    }
}
