using System.Diagnostics;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Web;

/// <summary>What the pages' sources say of themselves: types, lint, and unit tests.</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task The_sources_of_the_pages_pass_their_own_checks()
    {
        var folder = Repository.PathOf("Demo.Web", "Client");
        File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")).ShouldBeTrue($"{folder} lacks its packages. Building Demo.Web installs them.");
        var start = new ProcessStartInfo("npm", ["run", "check", "--silent"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NO_COLOR"] = "1" },
        };
        using var npm = Process.Start(start)!;
        var errors = npm.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await npm.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await npm.WaitForExitAsync(TestContext.Current.CancellationToken);

        npm.ExitCode.ShouldBe(0, $"{output}\n{await errors}");
    }
}
