using System.ComponentModel;
using System.Diagnostics;
using Aws.Deployment.Tests.Synthesis;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Rules;

public sealed class CfnLintTests(Templates templates)
{
    [Fact]
    [Trait("Suite", "long")]
    [Trait("Requirement", "B2.2")]
    public async Task Cfn_lint_has_nothing_to_say_where_it_is_installed()
    {
        var files = new[] { Variant.Full, Variant.Fargate }.SelectMany(variant => templates.AssemblyOf(variant).Stacks).Select(stack => stack.Template);
        using var lint = Start(files);
        Assert.SkipWhen(lint is null, "cfn-lint is not installed: pip install cfn-lint.");

        var errors = lint.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await lint.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await lint.WaitForExitAsync(TestContext.Current.CancellationToken);

        lint.ExitCode.ShouldBe(0, output + await errors);
    }

    private static Process? Start(IEnumerable<string> files)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("cfn-lint", ["--regions", "eu-central-1", "--", .. files]) { RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
