using System.Text.Json.Nodes;
using Aws.Deployment.Operations;
using Aws.Deployment.Tests.Hosts;
using Aws.Deployment.Tests.Hosts.Aws;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Operations;

public sealed class DeployerTests(RunningGateway gateway) : AwsTest
{
    [Fact]
    [Trait("Requirement", "D1.1")]
    [Trait("Requirement", "V2.3")]
    [Trait("Requirement", "D8.1")]
    [Trait("Requirement", "D8.2")]
    [Trait("Requirement", "D8.4")]
    public async Task Stacks_are_made_then_left_alone_then_changed()
    {
        (await DeployAsync(TestAssembly.Write(Folder, ("Topic", "one")))).Changed.ShouldBe([TestAssembly.Network, TestAssembly.Gateway]);
        Output.ToString().ShouldContain("ai-gateway-dev-gateway     CREATE_COMPLETE             AWS::SNS::Topic Topic");

        var again = await DeployAsync(TestAssembly.Write(Folder, ("Topic", "one")));
        again.Changed.ShouldBeEmpty();
        HandOver.Text(Dev, again).ShouldContain("No changes: all 2 stacks are as they should be.");

        (await DeployAsync(TestAssembly.Write(Folder, ("Topic", "two")))).Changed.ShouldBe([TestAssembly.Gateway]);
        Aws.Stacks.Statuses.ShouldBe(new Dictionary<string, string> { [TestAssembly.Network] = "CREATE_COMPLETE", [TestAssembly.Gateway] = "UPDATE_COMPLETE" }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("Role of the function is not allowed to be assumed")]
    [InlineData("ai-gateway-dev-topic already exists in stack arn:aws:cloudformation:eu-central-1:123456789012:stack/other/1")]
    [Trait("Requirement", "D8.3")]
    [Trait("Requirement", "G3.4")]
    public async Task A_resource_that_fails_is_told_first_and_the_stack_rolls_back_and_the_next_run_goes_on(string reason)
    {
        Aws.Stacks.Failures["Topic"] = reason;

        var fault = await Should.ThrowAsync<OperationFault>(() => DeployAsync(TestAssembly.Write(Folder, ("First", "one"), ("Topic", "one"))));

        fault.What.ShouldStartWith($"AWS::SNS::Topic Topic of ai-gateway-dev-gateway failed: {reason}");
        fault.What.ShouldContain("ai-gateway-dev-gateway is ROLLBACK_COMPLETE");
        Aws.Stacks.Statuses[TestAssembly.Network].ShouldBe("CREATE_COMPLETE");

        Aws.Stacks.Failures.Clear();
        Aws.Stacks.Remove(TestAssembly.Gateway);
        (await DeployAsync(TestAssembly.Write(Folder, ("First", "one"), ("Topic", "one")))).Changed.ShouldBe([TestAssembly.Gateway]);
    }

    [Fact]
    [Trait("Requirement", "D8.3")]
    public async Task Calls_that_are_throttled_are_made_again()
    {
        Aws.Fail("DescribeStackEvents", 400, "Throttling", "Rate exceeded", times: 3);

        (await DeployAsync(TestAssembly.Write(Folder, ("Topic", "one")))).Changed.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_may_not_deploy_is_told_what_is_not_allowed()
    {
        Aws.Fail("CreateChangeSet", 403, "AccessDenied", "User: arn:aws:iam::123456789012:user/test is not authorized to perform: cloudformation:CreateChangeSet");

        var fault = await Should.ThrowAsync<OperationFault>(() => DeployAsync(TestAssembly.Write(Folder, ("Topic", "one"))));

        fault.What.ShouldContain("not authorized to perform: cloudformation:CreateChangeSet");
        Aws.Stacks.Statuses.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "D2.1")]
    public async Task A_providers_key_is_put_once_and_kept_then()
    {
        var assembly = TestAssembly.Write(Folder, ("Topic", "one"));

        await DeployAsync(assembly, openAIKey: "sk-first");
        await DeployAsync(assembly, openAIKey: "sk-second");

        Aws.Secrets.All["ai-gateway/dev/providers"].ShouldBe("""{"openai-api-key":"sk-first"}""");
        Output.ToString().ShouldContain("Secret ai-gateway/dev/providers is there and kept.");
    }

    [Fact]
    [Trait("Requirement", "D1.2")]
    [Trait("Requirement", "D10")]
    public async Task The_demo_page_gets_a_key_of_the_gateways_and_its_files_and_everybody_the_addresses()
    {
        var page = Directory.CreateDirectory(Path.Combine(Folder, "page")).FullName;
        await File.WriteAllTextAsync(Path.Combine(page, "index.html"), "<p>Hello</p>", Token);
        Aws.Secrets.All["ai-gateway/dev/admin"] = new JsonObject { ["admin-key"] = RunningGateway.AdminKey }.ToJsonString();
        Aws.Stacks.Outputs[TestAssembly.Gateway] = new() { ["Url"] = gateway.Address.AbsoluteUri };
        Aws.Stacks.Outputs["ai-gateway-dev-demo"] = new() { ["Url"] = "https://demo.example.com/", ["BucketName"] = "page" };
        Aws.Stacks.Outputs["ai-gateway-dev-monitoring"] = new() { ["DashboardUrl"] = "https://console.example.com/dashboard" };
        var assembly = TestAssembly.Write(Path.Combine(Folder, "assembly"), [.. new[] { "network", "gateway", "demo", "monitoring" }.Select(concern => (concern, TestAssembly.Template(("Topic", concern))))]);

        var result = await DeployAsync(assembly, page: page);

        result.Changed.ShouldBe([.. assembly.Stacks.Select(stack => stack.Name)]);
        var key = (string)JsonNode.Parse(Aws.Secrets.All["ai-gateway/dev/demo"])!["demo-key"]!;
        key.ShouldStartWith("sk-gw-");
        Aws.Buckets.Objects.ShouldContainKey("page/index.html");
        var text = HandOver.Text(Dev, result);
        text.ShouldContain(gateway.Address.AbsoluteUri);
        text.ShouldContain("https://demo.example.com/");
        text.ShouldContain("https://demo.example.com/console/");
        text.ShouldContain("https://console.example.com/dashboard");

        await DeployAsync(assembly);
        JsonNode.Parse(Aws.Secrets.All["ai-gateway/dev/demo"])!["demo-key"]!.ToString().ShouldBe(key);
    }

    [Fact]
    [Trait("Requirement", "D4.1")]
    public async Task The_gateway_of_an_environment_is_found_and_verified()
    {
        Aws.Stacks.Put(TestAssembly.Gateway, "CREATE_COMPLETE");
        Aws.Stacks.Outputs[TestAssembly.Gateway] = new() { ["Url"] = gateway.Address.AbsoluteUri };

        var run = await ToolRun.OfAsync(Aws.Environment, "verify", "--environment", "dev", "--api-key", gateway.Key);

        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        run.Output.ShouldContain($"Verifying {gateway.Address}");
    }
}
