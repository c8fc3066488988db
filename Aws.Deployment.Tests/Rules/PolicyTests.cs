using System.Text.Json.Nodes;
using Aws.Deployment.Tests.Synthesis;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Rules;

/// <summary>Least privilege, over every policy of every variant.</summary>
public sealed class PolicyTests(Templates templates)
{
    // Actions that AWS lets nobody narrow down to a resource, and why each is there.
    private static readonly Dictionary<string, string> OnAnyResource = new()
    {
        ["ecr:GetAuthorizationToken"] = "A token is the registry's, not a repository's.",
        ["cloudwatch:PutMetricData"] = "Narrowed to a namespace by a condition.",
        ["ec2:AssignPrivateIpAddresses"] = "Lambda asks before there is an interface; denied to the function's code.",
        ["ec2:CreateNetworkInterface"] = "Lambda asks before there is an interface; denied to the function's code.",
        ["ec2:DeleteNetworkInterface"] = "Lambda asks before there is an interface; denied to the function's code.",
        ["ec2:DescribeNetworkInterfaces"] = "What describes has no resource.",
        ["ec2:DescribeSecurityGroups"] = "What describes has no resource.",
        ["ec2:DescribeSubnets"] = "What describes has no resource.",
        ["ec2:DescribeVpcs"] = "What describes has no resource.",
        ["ec2:UnassignPrivateIpAddresses"] = "Lambda asks before there is an interface; denied to the function's code.",
        ["ssm:UpdateInstanceInformation"] = "Session Manager: the instance says that it is there.",
        ["ssmmessages:CreateControlChannel"] = "Session Manager: channels have no resource.",
        ["ssmmessages:CreateDataChannel"] = "Session Manager: channels have no resource.",
        ["ssmmessages:OpenControlChannel"] = "Session Manager: channels have no resource.",
        ["ssmmessages:OpenDataChannel"] = "Session Manager: channels have no resource.",
    };

    public static TheoryData<string> Variants => [.. Variant.All.Select(variant => variant.Name)];

    [Theory]
    [MemberData(nameof(Variants))]
    [Trait("Requirement", "V6.4")]
    public void No_role_may_do_everything(string variant) =>
        RoleStatements(variant).SelectMany(ActionsOf).ShouldAllBe(action => !action.Contains('*'));

    [Theory]
    [MemberData(nameof(Variants))]
    [Trait("Requirement", "V6.4")]
    public void No_role_may_act_on_everything_but_where_AWS_allows_nothing_else(string variant) =>
        RoleStatements(variant).Where(statement => Texts(statement["Resource"]).Contains("*")).SelectMany(ActionsOf).ShouldAllBe(action => OnAnyResource.ContainsKey(action));

    [Theory]
    [MemberData(nameof(Variants))]
    public void What_Lambda_may_do_with_interfaces_its_code_may_not(string variant)
    {
        var statements = All(variant, "AWS::IAM::Role").SelectMany(StatementsOf).ToList();
        var allowed = statements.Where(statement => (string)statement["Effect"]! == "Allow").SelectMany(ActionsOf).Where(action => action.StartsWith("ec2:", StringComparison.Ordinal));

        statements.Where(statement => (string)statement["Effect"]! == "Deny" && statement["Condition"]?["ArnEquals"]?["lambda:SourceFunctionArn"] is not null)
            .SelectMany(ActionsOf).ShouldBe(allowed, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Roles_are_taken_by_services_alone(string variant) =>
        All(variant, "AWS::IAM::Role").ShouldAllBe(role => role.Properties["AssumeRolePolicyDocument"]!["Statement"]![0]!["Principal"]!["Service"] != null);

    [Theory]
    [MemberData(nameof(Variants))]
    public void Only_services_and_the_account_are_let_in_by_resources(string variant)
    {
        var documents = All(variant, "AWS::S3::BucketPolicy").Concat(All(variant, "AWS::SNS::TopicPolicy")).Select(policy => policy.Properties["PolicyDocument"]!)
            .Concat(All(variant, "AWS::KMS::Key").Select(key => key.Properties["KeyPolicy"]!));

        documents.SelectMany(document => document["Statement"]!.AsArray()).Where(statement => (string)statement!["Effect"]! == "Allow")
            .ShouldAllBe(statement => statement!["Principal"]!.ToJsonString() != "\"*\"");
    }

    private IEnumerable<JsonNode> RoleStatements(string variant) =>
        All(variant, "AWS::IAM::Role").SelectMany(StatementsOf).Where(statement => (string)statement["Effect"]! == "Allow");

    private IEnumerable<Resource> All(string variant, string type) =>
        templates.Of(Variant.All.Single(one => one.Name == variant)).SelectMany(template => template.All(type));

    private static IEnumerable<JsonNode> StatementsOf(Resource role) =>
        role.Properties["Policies"]?.AsArray().SelectMany(policy => policy!["PolicyDocument"]!["Statement"]!.AsArray()).Select(statement => statement!) ?? [];

    private static IEnumerable<string> ActionsOf(JsonNode statement) => Texts(statement["Action"]);

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Texts),
        JsonValue value => [(string)value!],
        _ => [],
    };
}
