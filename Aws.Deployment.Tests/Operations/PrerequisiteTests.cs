using Aws.Deployment.Configuration;
using Aws.Deployment.Operations;
using Aws.Deployment.Tests.Hosts;
using Aws.Deployment.Tests.Hosts.Aws;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Operations;

[Trait("Requirement", "D1.3")]
[Trait("Requirement", "D1.4")]
public sealed class PrerequisiteTests : AwsTest
{
    [Fact]
    public Task Credentials_of_another_account_are_refused() =>
        IsRefusedAsync(Dev with { Account = "999999999999" }, "These are credentials of account 123456789012 (arn:aws:iam::123456789012:user/test), and dev belongs in 999999999999.", "Use credentials of 999999999999");

    [Fact]
    public Task Credentials_that_have_expired_are_refused()
    {
        Aws.Fail("GetCallerIdentity", 403, "ExpiredToken", "The security token included in the request is expired");
        return IsRefusedAsync(Dev, "The security token included in the request is expired", "Renew the credentials");
    }

    [Fact]
    public async Task An_account_without_bootstrap_is_refused_unless_it_may_be_made()
    {
        Aws.Settings.Bootstrap = null;

        await IsRefusedAsync(Dev, "The account is not bootstrapped for CDK in eu-central-1.", "Run it again with --yes");

        (await DeployAsync(TestAssembly.Write(Folder, ("Topic", "one")), isAgreed: true)).Changed.Count.ShouldBe(2);
        Output.ToString().ShouldContain("Bootstrapping account 123456789012 for CDK in eu-central-1, once.");
    }

    [Fact]
    public async Task A_domain_without_a_zone_is_refused_and_one_below_a_zone_is_taken()
    {
        Aws.Settings.HostedZones.AddRange(["example.org.", "zzz.example.com."]);
        await IsRefusedAsync(Dev with { Domain = "ai.example.com" }, "Route 53 has no public hosted zone for ai.example.com in this account.", "Make one");

        Aws.Settings.HostedZones.Add("example.com.");
        await DeployAsync(TestAssembly.Write(Folder, ("network", TestAssembly.Template(("Base", "base"))), ("gateway", WithZone())), Dev with { Domain = "ai.example.com" });
        Run.Parameters.ShouldContain("ai-gateway-dev-gateway:HostedZoneId=Z12");

        static System.Text.Json.Nodes.JsonObject WithZone()
        {
            var template = TestAssembly.Template(("Topic", "one"));
            template["Parameters"] = new System.Text.Json.Nodes.JsonObject { ["HostedZoneId"] = new System.Text.Json.Nodes.JsonObject { ["Type"] = "String" } };
            return template;
        }
    }

    [Fact]
    public Task A_gpu_quota_that_is_too_small_is_refused() => IsRefusedAsync(
        Dev with { Inference = new InferenceOptions { Gpu = "g5.2xlarge", MaxInstances = 2 } },
        "The account may run 8 virtual processors of G and VT instances in eu-central-1, and 2 × g5.2xlarge need 16.",
        "aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-DB2E81BA --desired-value 16");

    [Theory]
    [InlineData("ROLLBACK_FAILED", "destroy --environment dev")]
    [InlineData("DELETE_FAILED", "destroy --environment dev")]
    [InlineData("UPDATE_ROLLBACK_FAILED", "continue-update-rollback")]
    [InlineData("UPDATE_IN_PROGRESS", "Wait until it is done")]
    public async Task A_stack_that_cannot_be_changed_now_is_refused(string status, string remedy)
    {
        Aws.Stacks.Put(TestAssembly.Gateway, status);

        await IsRefusedAsync(Dev, $"ai-gateway-dev-gateway is {status}", remedy);
        Aws.Stacks.Statuses[TestAssembly.Gateway].ShouldBe(status);
    }

    [Theory]
    [InlineData("There are no AWS credentials", "aws sso login", "AWS_ACCESS_KEY_ID")]
    [InlineData("Node.js is not on the PATH", "Install Node.js", "PATH")]
    public async Task What_the_machine_lacks_is_told_by_the_command(string said, string remedy, string variable)
    {
        var environment = Aws.Environment;
        environment[variable] = variable == "PATH" ? Folder : "";
        environment["HOME"] = Folder;
        environment["DOTNET_ROOT"] = Path.GetDirectoryName(System.Environment.ProcessPath)!;

        var run = await ToolRun.OfAsync(environment, "deploy", "--environment", "dev");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("Nothing was touched");
        run.Error.ShouldContain(said);
        run.Error.ShouldContain(remedy);
        Aws.Stacks.Statuses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_machine_with_Node_and_without_npm_is_refused()
    {
        await FakeProgram.WriteAsync(Path.Combine(Folder, "node"), "echo v22.1.0", Token);

        var run = await ToolRun.OfAsync(new Dictionary<string, string>(Aws.Environment) { ["PATH"] = Folder }, "deploy", "--environment", "dev");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("npm is not on the PATH");
    }

    private async Task IsRefusedAsync(DeploymentOptions options, string what, string remedy)
    {
        var before = Aws.Stacks.Statuses;

        var fault = await Should.ThrowAsync<OperationFault>(() => DeployAsync(TestAssembly.Write(Path.Combine(Folder, "refused"), ("Topic", "one")), options));

        fault.What.ShouldStartWith("Nothing was touched");
        fault.What.ShouldContain(what);
        fault.What.ShouldContain(remedy);
        Aws.Stacks.Statuses.ShouldBe(before);
        Aws.Calls.ShouldAllBe(call => !call.Action.StartsWith("Create", StringComparison.Ordinal) && !call.Action.StartsWith("Execute", StringComparison.Ordinal));
    }
}
