using System.Text.Json.Nodes;
using Aws.Deployment.Operations;
using Aws.Deployment.Operations.Cdk;
using Aws.Deployment.Operations.Models;
using Aws.Deployment.Tests.Hosts.Aws;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Operations;

[Trait("Requirement", "V1.1")]
public sealed class ModelImageTests : AwsTest
{
    private const string Repository = "ai-gateway/dev/vllm";
    private const string Host = $"{LoopbackAws.Account}.dkr.ecr.{LoopbackAws.Region}.amazonaws.com";
    private const string Shipped = "763104351884.dkr.ecr.eu-central-1.amazonaws.com/vllm:server-cuda-v1";

    [Fact]
    public async Task Deploying_takes_the_image_that_was_copied_last_and_else_says_AWSs_own()
    {
        await DeployAsync(WithModel());
        Run.Parameters.ShouldBe([$"ai-gateway-dev-inference:ModelImage={Shipped}"]);

        Run.Parameters.Clear();
        Aws.Registry.Tags[Repository] = ["v0.10.0", "v0.11.0", "v0.9.0"];
        await DeployAsync(WithModel());

        Run.Parameters.ShouldBe([$"ai-gateway-dev-inference:ModelImage={Host}/{Repository}:v0.9.0"]);
    }

    [Theory]
    [InlineData("vllm/vllm-openai:v0.11.0", "v0.11.0")]
    [InlineData("registry:5000/vllm", "latest")]
    [InlineData("vllm/vllm-openai@sha256:ad80", "ad80")]
    public async Task A_tag_that_is_there_is_not_copied_again(string source, string tag)
    {
        Aws.Registry.Tags[Repository] = [tag];

        await new ModelImage(Dev, new ImageRegistry(Api, LoopbackAws.Account), Output).CopyAsync(source, Token);

        Output.ToString().ShouldContain($"The image {Host}/{Repository}:{tag} is there already.");
        Aws.Calls.ShouldNotContain(call => call.Action == "GetAuthorizationToken");
    }

    private CloudAssembly WithModel()
    {
        var template = TestAssembly.Template(("Topic", "one"));
        template["Parameters"] = new JsonObject { ["ModelImage"] = new JsonObject { ["Type"] = "String", ["Default"] = Shipped } };
        return TestAssembly.Write(Path.Combine(Folder, "assembly"), ("network", TestAssembly.Template(("Base", "base"))), ("inference", template));
    }
}
