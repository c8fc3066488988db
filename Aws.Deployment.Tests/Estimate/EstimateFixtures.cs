using System.Text.Json.Nodes;
using Aws.Deployment.Estimate.Prices;
using Aws.Deployment.Estimate.Templates;
using Aws.Deployment.Estimate.Usage;

namespace Aws.Deployment.Tests.Estimate;

/// <summary>Templates that are written by hand, so that what they cost can be reckoned by hand.</summary>
internal static class EstimateFixtures
{
    public static PriceSheet Prices { get; } = PriceSheet.Snapshot();

    /// <summary>100,000 requests a month.</summary>
    public static UsageAssumptions Usage { get; } = UsageFile.Read(UsageFile.Default, "dev");

    public static TemplateResource Resource(string id, string type, string properties = "{}") => new("stack", id, type, JsonNode.Parse(properties)!.AsObject());

    /// <summary>A template's file with these resources.</summary>
    public static string Template(params TemplateResource[] resources) => new JsonObject
    {
        ["Resources"] = new JsonObject(resources.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Id, new JsonObject { ["Type"] = one.Type, ["Properties"] = one.Properties.DeepClone() }))),
    }.ToJsonString();
}
