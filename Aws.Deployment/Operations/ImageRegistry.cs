using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Aws.Deployment.Operations.Aws;
using Aws.Deployment.Operations.Cdk;
using Aws.Deployment.Packages;

namespace Aws.Deployment.Operations;

/// <summary>The account's registry of container images; .NET's SDK pushes there by itself, without a container engine.</summary>
internal sealed class ImageRegistry(AwsApi api, string account)
{
    private const string Target = "AmazonEC2ContainerRegistry_V20150921";

    public string Host => $"{account}.dkr.ecr.{api.Session.Region}.amazonaws.com";

    public async Task<bool> HasAsync(string repository, string tag, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync("DescribeImages", new JsonObject { ["repositoryName"] = repository, ["imageIds"] = new JsonArray(new JsonObject { ["imageTag"] = tag }) }, cancellationToken);
            return true;
        }
        catch (AwsFault missing) when (missing.Code == "ImageNotFoundException")
        {
            return false;
        }
    }

    /// <summary>User and password, good for 12 hours.</summary>
    public async Task<(string User, string Password)> LogInAsync(CancellationToken cancellationToken)
    {
        var reply = await CallAsync("GetAuthorizationToken", [], cancellationToken);
        var pair = Encoding.UTF8.GetString(Convert.FromBase64String((string)reply["authorizationData"]![0]!["authorizationToken"]!)).Split(':', 2);
        return (pair[0], pair[1]);
    }

    /// <exception cref="OperationFault">It could not be built, or not be pushed.</exception>
    public async Task PushAsync(Service service, string repository, string tag, CancellationToken cancellationToken)
    {
        var (user, password) = await LogInAsync(cancellationToken);
        var result = await Tool.RunAsync(
            "dotnet",
            [
                "publish", Path.Combine(Checkout.Root, service.Project), "--configuration", "Release", "--runtime", "linux-arm64", "--self-contained", "false", "-t:PublishContainer",
                $"-p:ContainerRegistry={Host}", $"-p:ContainerRepository={repository}", $"-p:ContainerImageTag={tag}", "--verbosity", "quiet", "--nologo",
            ],
            cancellationToken,
            new Dictionary<string, string?> { ["SDK_CONTAINER_REGISTRY_UNAME"] = user, ["SDK_CONTAINER_REGISTRY_PWORD"] = password });
        if (result is not { ExitCode: 0 })
        {
            throw new OperationFault(string.Create(CultureInfo.InvariantCulture, $"The image of {service.Name} was not pushed to {Host}/{repository}:\n{result?.End}"), "Mend what it names (it needs mcr.microsoft.com and the registry), and run it again.");
        }
    }

    private Task<JsonObject> CallAsync(string operation, JsonObject body, CancellationToken cancellationToken) => api.JsonAsync("ecr", Target, operation, body, cancellationToken);
}
