using System.Text.Json.Nodes;
using Aws.Deployment.Tests.Synthesis;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Rules;

public sealed class NamesTests(Templates templates)
{
    // Where a template says what a resource is really called. Names inside of something else, such as a rule of a firewall, are nobody's business.
    private static readonly string[] Physical =
    [
        "AlarmName", "AutoScalingGroupName", "BucketName", "ClusterName", "DashboardName", "Family", "FunctionName", "LaunchTemplateName", "LogGroupName", "Name",
        "RepositoryName", "ServerlessCacheName", "ServiceName", "TableName", "TopicName", "UsagePlanName",
    ];

    [Fact]
    [Trait("Requirement", "D7.3")]
    [Trait("Requirement", "D7.4")]
    [Trait("Requirement", "V2.4")]
    public void No_two_environments_share_a_name()
    {
        var names = new[] { Variant.Dev, Variant.Test, Variant.Prod }.SelectMany(variant => NamesOf(variant).Distinct()).ToList();

        names.Count.ShouldBeGreaterThan(100);
        names.ShouldBeUnique();
    }

    [Fact]
    [Trait("Requirement", "D7.1")]
    public void Each_name_says_whose_it_is() => NamesOf(Variant.Prod).ShouldAllBe(name => name.Contains("ai-gateway-prod") || name.Contains("ai-gateway/prod"));

    private IEnumerable<string> NamesOf(Variant variant) =>
        templates.AssemblyOf(variant).Stacks.Select(stack => stack.Name).Concat(templates.Of(variant).SelectMany(template => template.Resources).SelectMany(NamesOf));

    // A service's name inside the environment's own DNS, an endpoint's, which is AWS's, and what only repeats a name, are no names of their own.
    private static IEnumerable<string> NamesOf(Resource resource) => resource.Type is "AWS::EC2::VPCEndpoint" or "AWS::ServiceDiscovery::Service" or "AWS::Lambda::Permission" or "AWS::Route53::RecordSet"
        ? []
        : resource.Properties.AsObject().Where(property => Physical.Contains(property.Key)).Select(property => property.Value is JsonObject made ? made.ToJsonString() : $"{resource.Type} {property.Value}")
            .Where(name => !name.Contains("\"Ref\":\"", StringComparison.Ordinal) || name.Contains("Fn::Join", StringComparison.Ordinal));
}
