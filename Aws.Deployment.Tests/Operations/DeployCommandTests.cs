using System.Text.Json.Nodes;
using Aws.Deployment.Tests.Hosts;
using Aws.Deployment.Tests.Hosts.Aws;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Operations;

/// <summary>All of it as users run it: the stacks of an environment, its packages, images and page, CDK's real command.</summary>
public sealed class DeployCommandTests(RunningGateway gateway, ITestOutputHelper output) : AwsTest
{
    [Fact]
    [Trait("Suite", "long")]
    [Trait("Requirement", "D1.1")]
    [Trait("Requirement", "D1.2")]
    [Trait("Requirement", "D5.1")]
    [Trait("Requirement", "D8.4")]
    [Trait("Requirement", "D6.4")]
    public async Task An_environment_comes_is_left_alone_and_goes()
    {
        await using var images = await LoopbackImages.StartAsync($"{LoopbackRegistry.User}:{LoopbackRegistry.Password}");
        Aws.Registry.Endpoint = $"http://{images.Host}";
        Aws.Secrets.All["ai-gateway/dev/admin"] = new JsonObject { ["admin-key"] = RunningGateway.AdminKey }.ToJsonString();
        Aws.Stacks.Outputs[TestAssembly.Gateway] = new() { ["Url"] = gateway.Address.AbsoluteUri };
        Aws.Stacks.Outputs["ai-gateway-dev-demo"] = new() { ["Url"] = "https://demo.example.com/", ["BucketName"] = "page" };
        var environment = new Dictionary<string, string>(Aws.Environment) { ["ContainerBaseImage"] = images.BaseImage };

        var made = await RunAsync(environment, "deploy", "--environment", "dev", "--output", Folder);
        made.Output.ShouldContain("13 passed, 0 failed");
        Aws.Stacks.Statuses.Count.ShouldBe(7);
        Aws.Stacks.Statuses.Values.ShouldAllBe(status => status == "CREATE_COMPLETE");
        Aws.Buckets.Objects.ShouldContainKey("page/index.html");
        images.Pushed.Keys.Select(name => name.Split(':')[0]).Order().ShouldBe(["ai-gateway/dev/cost", "ai-gateway/dev/products"]);

        foreach (var name in images.Pushed.Keys.Select(name => name.Split(':')))
        {
            Aws.Registry.Tags[name[0]] = [name[1]];
        }

        var again = await RunAsync(environment, "deploy", "--environment", "dev", "--output", Folder);
        again.Output.ShouldContain("No changes: all 7 stacks are as they should be.");
        again.Output.ShouldNotContain("Pushing");

        var gone = await RunAsync(environment, "destroy", "--environment", "dev", "--yes", "--delete-secrets");
        gone.Output.ShouldContain("Gone: ");
        Aws.Stacks.Statuses.ShouldBeEmpty();
    }

    private async Task<ToolRun> RunAsync(Dictionary<string, string> environment, params string[] args)
    {
        var began = TimeProvider.System.GetTimestamp();
        var run = await ToolRun.OfAsync(environment, args);
        output.WriteLine($"{args[0]} took {TimeProvider.System.GetElapsedTime(began).TotalSeconds:N0} s");
        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        return run;
    }
}
