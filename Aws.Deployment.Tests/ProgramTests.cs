using Aws.Deployment.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests;

public sealed class ProgramTests
{
    [Fact]
    public async Task What_is_not_known_is_named_with_exit_code_2()
    {
        var run = await ToolRun.OfAsync("deploi");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("'deploi'");
    }
}
