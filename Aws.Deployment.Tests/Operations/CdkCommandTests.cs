using Aws.Deployment.Operations;
using Aws.Deployment.Operations.Cdk;
using Aws.Deployment.Tests.Hosts.Aws;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Operations;

/// <summary>CDK's real command, as npm has it, against CloudFormation, S3 and the rest on loopback.</summary>
public sealed class CdkCommandTests : AwsTest
{
    [Fact]
    [Trait("Requirement", "D1.1")]
    [Trait("Requirement", "D8.4")]
    public async Task The_pinned_command_makes_a_stack_and_leaves_it_alone_then()
    {
        var assembly = TestAssembly.Write(Folder, ("network", TestAssembly.Template(("Base", "base"))));

        (await RunAsync(assembly)).ShouldBe([TestAssembly.Network], Output.ToString());

        Aws.Stacks.Statuses[TestAssembly.Network].ShouldBe("CREATE_COMPLETE");
        Output.ToString().ShouldContain("AWS::SNS::Topic Base");
        (await RunAsync(assembly)).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Suite", "long")]
    [Trait("Requirement", "D8.1")]
    [Trait("Requirement", "G3.4")]
    public async Task Stacks_are_made_in_order_changed_and_rolled_back()
    {
        await RunAsync(TestAssembly.Write(Folder, ("Topic", "one")));
        (await RunAsync(TestAssembly.Write(Folder, ("Topic", "two")))).ShouldBe([TestAssembly.Gateway]);
        Aws.Stacks.Failures["Topic"] = "Invalid parameter: DisplayName";

        var fault = await Should.ThrowAsync<OperationFault>(() => RunAsync(TestAssembly.Write(Folder, ("Topic", "three"))));

        fault.What.ShouldStartWith("AWS::SNS::Topic Topic of ai-gateway-dev-gateway failed: Invalid parameter: DisplayName");
        Aws.Stacks.Statuses[TestAssembly.Gateway].ShouldBe("UPDATE_ROLLBACK_COMPLETE");
    }

    private async Task<IReadOnlyCollection<string>> RunAsync(CloudAssembly assembly)
    {
        var cdk = await CdkCommand.InstallAsync(Api.Session, Output, Token);
        return await new StackDeployer(Api, cdk.DeployAsync, Output, TimeSpan.FromMilliseconds(200), TimeProvider.System).RunAsync(assembly, assembly.Stacks, [], Token);
    }
}
