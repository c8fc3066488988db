using Shouldly;
using Xunit;

[assembly: AssemblyFixture(typeof(Aws.Deployment.Tests.Synthesis.Templates))]

namespace Aws.Deployment.Tests.Synthesis;

public sealed class SynthesizerTests(Templates templates)
{
    public static TheoryData<string> Variants => [.. Variant.All.Select(variant => variant.Name)];

    [Theory]
    [MemberData(nameof(Variants))]
    [Trait("Requirement", "B2.1")]
    [Trait("Requirement", "V2.1")]
    [Trait("Requirement", "D7.1")]
    public void One_template_for_each_concern(string name)
    {
        var variant = Variant.All.Single(variant => variant.Name == name);

        var assembly = templates.AssemblyOf(variant);

        assembly.Stacks.ShouldAllBe(stack => File.Exists(stack.Template) && stack.Name.StartsWith($"ai-gateway-{variant.Environment}-"));
    }
}
