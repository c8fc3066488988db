using System.Text.Json.Nodes;
using Aws.Deployment.Tests.Synthesis;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Stacks;

public sealed class GatewaySettingsTests(Templates templates)
{
    private static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Repository.PathOf("docs", "gateway.schema.json")))!["properties"]!["Gateway"]!;

    public static TheoryData<string> Variants => [.. Variant.All.Select(variant => variant.Name)];

    [Theory]
    [MemberData(nameof(Variants))]
    [Trait("Requirement", "B2.4")]
    public void The_gateway_knows_each_setting_it_is_given(string name)
    {
        var variant = Variant.All.Single(variant => variant.Name == name);

        var keys = VariablesOf(variant).Where(key => key.StartsWith("Gateway__", StringComparison.Ordinal)).Select(key => key.Split("__")[1..]).Concat(ParametersOf(variant)).ToList();

        keys.Count.ShouldBeGreaterThan(5);
        keys.ShouldAllBe(path => IsKnown(path));
    }

    private IEnumerable<string> VariablesOf(Variant variant)
    {
        var gateway = templates.Of(variant, "gateway");
        return gateway.All("AWS::Lambda::Function") is [var function]
            ? function.Properties["Environment"]!["Variables"]!.AsObject().Select(pair => pair.Key)
            : gateway.Only("AWS::ECS::TaskDefinition").Properties["ContainerDefinitions"]![0]!["Environment"]!.AsArray().Select(pair => (string)pair!["Name"]!);
    }

    private IEnumerable<string[]> ParametersOf(Variant variant) =>
        templates.Of(variant, "state").All("AWS::SSM::Parameter").Select(parameter => ((string)parameter.Properties["Name"]!).Split('/')[4..]);

    private static bool IsKnown(string[] path) => path.Aggregate((JsonNode?)Schema, (node, step) => node switch
    {
        null => null,
        _ when int.TryParse(step, out _) => node["items"],
        _ => node["properties"]?[step] ?? node["additionalProperties"] as JsonObject,
    }) is not null;
}
