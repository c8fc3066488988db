using System.Text.Json.Nodes;
using Aws.Deployment.Tests.Hosts;
using Aws.Deployment.Tests.Hosts.Aws;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Operations;

public sealed class DestroyTests : AwsTest
{
    private const string Bucket = "physical-files";

    [Fact]
    [Trait("Requirement", "D6.1")]
    [Trait("Requirement", "D6.2")]
    [Trait("Requirement", "D6.3")]
    [Trait("Requirement", "D6.4")]
    public async Task Every_stack_goes_the_last_made_first_with_its_full_buckets_and_secrets_if_they_are_meant()
    {
        Arrange();

        var run = await DestroyAsync("--yes", "--delete-secrets");

        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        Aws.Stacks.Statuses.Keys.ShouldBe(["ai-gateway-test-network"]);
        Aws.Buckets.Objects.Keys.ShouldBe(["others/stay"]);
        Aws.Secrets.Deleted.ShouldBe(["ai-gateway/dev/providers"]);
        run.Output.ShouldContain("Gone: ai-gateway-dev-gateway, ai-gateway-dev-network, secret ai-gateway/dev/providers.");
        run.Output.ShouldContain("AWS::DynamoDB::Table physical-kept: its data is protected");
        run.Output.ShouldContain("CDKToolkit");
    }

    [Fact]
    [Trait("Requirement", "D6.3")]
    [Trait("Requirement", "D6.4")]
    public async Task Secrets_stay_and_are_told_unless_they_are_meant()
    {
        Arrange();

        var run = await DestroyAsync("--yes");

        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        Aws.Secrets.Deleted.ShouldBeEmpty();
        run.Output.ShouldContain("secret ai-gateway/dev/providers in eu-central-1: --delete-secrets takes it too");
    }

    [Fact]
    public async Task Nothing_is_touched_unless_the_environments_name_is_typed()
    {
        Arrange();

        var run = await DestroyAsync();

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("That is not the environment's name: nothing was touched.");
        Aws.Stacks.Statuses.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Production_needs_a_flag_of_its_own()
    {
        var run = await ToolRun.OfAsync(Aws.Environment, "destroy", "--environment", "prod", "--domain", "example.com", "--yes");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("Add --allow-prod if you mean it.");
        Aws.Calls.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "D6.4")]
    public async Task What_cannot_be_deleted_is_told_with_its_reason()
    {
        Arrange();
        Aws.Stacks.DeleteFailures["Topic"] = "Topic has subscriptions of another account";

        var run = await DestroyAsync("--yes");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("AWS::SNS::Topic Topic of ai-gateway-dev-gateway could not be deleted: Topic has subscriptions of another account");
        run.Error.ShouldContain("None is gone yet.");
        Aws.Stacks.Statuses[TestAssembly.Gateway].ShouldBe("DELETE_FAILED");
        Aws.Stacks.Statuses.Keys.ShouldContain(TestAssembly.Network);
    }

    [Fact]
    public async Task A_stack_that_is_being_changed_stops_it_before_anything_is_touched()
    {
        Arrange();
        Aws.Stacks.Put("ai-gateway-dev-cost", "UPDATE_IN_PROGRESS");

        var run = await DestroyAsync("--yes");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("ai-gateway-dev-cost is UPDATE_IN_PROGRESS, so nothing was touched.");
        Aws.Stacks.Statuses.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Where_nothing_is_nothing_is_done()
    {
        var run = await DestroyAsync("--yes");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("Gone: nothing, since nothing was there.");
    }

    private Task<ToolRun> DestroyAsync(params string[] how) => ToolRun.OfAsync(Aws.Environment, ["destroy", "--environment", "dev", .. how]);

    private void Arrange()
    {
        var gateway = TestAssembly.Template(("Topic", "one"));
        gateway["Resources"]!["Files"] = new JsonObject { ["Type"] = "AWS::S3::Bucket" };
        gateway["Resources"]!["Kept"] = new JsonObject { ["Type"] = "AWS::DynamoDB::Table", ["DeletionPolicy"] = "Retain" };
        Aws.Stacks.Put("ai-gateway-test-network", "CREATE_COMPLETE", TestAssembly.Template(("Base", "base")));
        Aws.Stacks.Put(TestAssembly.Network, "CREATE_COMPLETE", TestAssembly.Template(("Base", "base")));
        Aws.Stacks.Put(TestAssembly.Gateway, "UPDATE_COMPLETE", gateway, isProtected: true);
        Aws.Secrets.All["ai-gateway/dev/providers"] = "{}";
        Aws.Buckets.Objects[$"{Bucket}/a/b"] = [1];
        Aws.Buckets.Objects[$"{Bucket}/c"] = [2];
        Aws.Buckets.Objects["others/stay"] = [3];
    }
}
