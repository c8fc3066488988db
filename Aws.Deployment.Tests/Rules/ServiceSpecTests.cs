using Aws.Deployment.Tests.Synthesis;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Rules;

public sealed class ServiceSpecTests(Templates templates)
{
    [Fact]
    [Trait("Requirement", "B2.2")]
    [Trait("Requirement", "G3.1")]
    public async Task CloudFormation_knows_each_type_and_each_property()
    {
        var files = Variant.All.SelectMany(variant => templates.AssemblyOf(variant).Stacks).Select(stack => stack.Template);

        (await NodeRules.RunAsync("service-spec.mjs", files, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }
}
