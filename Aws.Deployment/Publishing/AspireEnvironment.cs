using Amazon.CDK;
using Aws.Deployment.Configuration;
using Aws.Deployment.Stacks;
using Aws.Deployment.Synthesis;

namespace Aws.Deployment.Publishing;

/// <summary>
/// For an AppHost that publishes with Aspire's own <c>aspire publish</c> and AWS's integration for it, Aspire.Hosting.AWS: the stacks are added
/// to the app that the integration makes. docs/costs-on-aws.md shows how, and says what is known of it.
/// </summary>
public static class AspireEnvironment
{
    /// <param name="app">The integration's.</param>
    /// <param name="environment">One of <c>environments/</c>.</param>
    /// <param name="packages">The folder with the packages that <c>publish</c> made.</param>
    /// <returns>The stack of the gateway, which Aspire takes for the environment's.</returns>
    /// <exception cref="DeploymentOptionsException">There is no such environment, or its file does not hold.</exception>
    public static Stack AddTo(App app, string environment, string packages) =>
        Synthesizer.AddStacks(app, DeploymentOptionsReader.Read(environment), packages).OfType<GatewayStack>().Single();
}
