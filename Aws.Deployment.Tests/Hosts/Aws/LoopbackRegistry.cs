using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace Aws.Deployment.Tests.Hosts.Aws;

/// <summary>What ECR tells of images; the images themselves are at a registry beside it.</summary>
internal sealed class LoopbackRegistry
{
    public const string User = "AWS";
    public const string Password = "registry-access-of-the-test";

    /// <summary>The tags of each repository, the last pushed last.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<string>> Tags { get; } = [];

    /// <summary>Where images are pushed to.</summary>
    public string Endpoint { get; set; } = $"https://{LoopbackAws.Account}.dkr.ecr.{LoopbackAws.Region}.amazonaws.com";

    public AwsAnswer Answer(AwsCall call) => call.Action switch
    {
        "GetAuthorizationToken" => AwsAnswer.Of(new JsonObject
        {
            ["authorizationData"] = new JsonArray(new JsonObject { ["authorizationToken"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")), ["proxyEndpoint"] = Endpoint }),
        }),
        "DescribeImages" => Describe(call),
        _ => AwsAnswer.Fault(call, 400, "InvalidAction", $"No {call.Action} here."),
    };

    private AwsAnswer Describe(AwsCall call)
    {
        var tags = Tags.GetValueOrDefault((string)call.Json["repositoryName"]!) ?? [];
        var wanted = (string?)call.Json["imageIds"]?[0]?["imageTag"];
        if (wanted is not null && !tags.Contains(wanted))
        {
            return AwsAnswer.Fault(call, 400, "ImageNotFoundException", $"The image with imageId {{imageDigest:'null', imageTag:'{wanted}'}} does not exist.");
        }

        // One on a page, the newest first: whoever asks has to look at all.
        var all = tags.Select((tag, index) => new JsonObject { ["imageTags"] = new JsonArray(tag), ["imagePushedAt"] = 1763760000.5 + index }).Where(image => wanted is null || (string)image["imageTags"]![0]! == wanted)
            .Reverse().ToList();
        var from = int.Parse((string?)call.Json["nextToken"] ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        return AwsAnswer.Of(new JsonObject
        {
            ["imageDetails"] = new JsonArray([.. all.Skip(from).Take(1)]),
            ["nextToken"] = from + 1 < all.Count ? $"{from + 1}" : null,
        });
    }
}
