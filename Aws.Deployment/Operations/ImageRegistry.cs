using System.Text;
using System.Text.Json.Nodes;
using Aws.Deployment.Operations.Aws;
using Aws.Deployment.Packages;

namespace Aws.Deployment.Operations;

/// <summary>The account's registry of container images.</summary>
internal sealed class ImageRegistry(AwsApi api, string account)
{
    private const string Target = "AmazonEC2ContainerRegistry_V20150921";

    /// <summary>What the names of its images begin with.</summary>
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

    /// <summary>The tag that was pushed last; null where there is none.</summary>
    public async Task<string?> NewestAsync(string repository, CancellationToken cancellationToken)
    {
        // {"imageDetails": [{"imageTags": ["v0.11.0"], "imagePushedAt": 1.7637E9, …}], "nextToken": "…"}
        var images = new List<JsonNode>();
        var asked = new JsonObject { ["repositoryName"] = repository, ["filter"] = new JsonObject { ["tagStatus"] = "TAGGED" } };
        JsonObject page;
        do
        {
            page = await CallAsync("DescribeImages", asked, cancellationToken);
            images.AddRange(page["imageDetails"]!.AsArray().OfType<JsonNode>());
            asked["nextToken"] = page["nextToken"]?.DeepClone();
        }
        while (page["nextToken"] is not null);
        return (string?)images.OrderBy(image => (double)image["imagePushedAt"]!).LastOrDefault()?["imageTags"]![0];
    }

    public async Task<RegistryLogin> LogInAsync(CancellationToken cancellationToken)
    {
        var data = (await CallAsync("GetAuthorizationToken", [], cancellationToken))["authorizationData"]![0]!;
        var pair = Encoding.UTF8.GetString(Convert.FromBase64String((string)data["authorizationToken"]!)).Split(':', 2);
        return new RegistryLogin(new Uri((string)data["proxyEndpoint"]!).Authority, pair[0], pair[1]);
    }

    /// <exception cref="OperationFault">It could not be made, or not be pushed.</exception>
    public async Task PushAsync(PublishedServices services, Service service, string repository, string tag, CancellationToken cancellationToken)
    {
        var login = await LogInAsync(cancellationToken);
        try
        {
            await services.MakeImageAsync(
                service,
                [$"ContainerRegistry={login.Host}", $"ContainerRepository={repository}", $"ContainerImageTag={tag}"],
                new Dictionary<string, string> { ["DOTNET_CONTAINER_PUSH_REGISTRY_UNAME"] = login.User, ["DOTNET_CONTAINER_PUSH_REGISTRY_PWORD"] = login.Password },
                cancellationToken);
        }
        catch (PackageException failure)
        {
            throw new OperationFault($"The image of {service.Name} was not pushed to {Host}/{repository}:\n{failure.Message}", "Mend what it names (it needs mcr.microsoft.com and the registry), and run it again.");
        }
    }

    private Task<JsonObject> CallAsync(string operation, JsonObject body, CancellationToken cancellationToken) => api.JsonAsync("ecr", Target, operation, body, cancellationToken);
}
