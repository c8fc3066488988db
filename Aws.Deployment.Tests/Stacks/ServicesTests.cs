using Aws.Deployment.Tests.Synthesis;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Stacks;

/// <summary>Products and costs.</summary>
public sealed class ServicesTests(Templates templates)
{
    [Fact]
    public void The_gateway_finds_both_by_their_names_in_the_network()
    {
        var variables = templates.Of(Variant.Prod, "gateway").Only("AWS::Lambda::Function").Properties["Environment"]!["Variables"]!;

        ((string)variables["services__products__http__0"]!).ShouldBe("http://products.ai-gateway-prod.internal:8081");
        ((string)variables["services__cost__http__0"]!).ShouldBe("http://cost.ai-gateway-prod.internal:8083");
        templates.Of(Variant.Prod, "network").Only("AWS::ServiceDiscovery::PrivateDnsNamespace")["Name"].ShouldBe("\"ai-gateway-prod.internal\"");
        templates.Of(Variant.Prod, "products").Only("AWS::ServiceDiscovery::Service")["Name"].ShouldBe("\"products\"");
        templates.Of(Variant.Prod, "cost").Only("AWS::ServiceDiscovery::Service")["Name"].ShouldBe("\"cost\"");
    }

    [Fact]
    public void Products_asks_the_gateway_below_its_stage_whose_a_key_is() =>
        EnvironmentOf("dev", "products").ShouldContain("services__gateway__http__0", Case.Sensitive);

    [Fact]
    public void The_cost_worker_keeps_the_ledger_in_the_table() => EnvironmentOf("prod", "cost").ShouldContain("""{"Name":"Ledger__Store","Value":"DynamoDB"}""");

    [Theory]
    [InlineData("cost")]
    [InlineData("products")]
    [Trait("Requirement", "D2.1")]
    public void What_only_operators_may_ask_for_is_opened_by_the_admin_key_which_is_a_secret(string concern)
    {
        var container = templates.Of(Variant.Prod, concern).Only("AWS::ECS::TaskDefinition");

        container["ContainerDefinitions", "0", "Secrets", "0", "Name"].ShouldBe("\"GATEWAY_ADMIN_KEY\"");
        container["ContainerDefinitions", "0", "Secrets", "0", "ValueFrom"]!.ShouldContain(":admin-key::");
        EnvironmentOf("prod", concern).ShouldNotContain("ADMIN_KEY");
        templates.Of(Variant.Prod, concern).All("AWS::IAM::Role").SelectMany(role => role.Properties["Policies"]?.AsArray() ?? []).ShouldContain(policy => (string)policy!["PolicyName"]! == "secrets");
    }

    [Fact]
    public void There_are_never_two_cost_workers()
    {
        var service = templates.Of(Variant.Prod, "cost").Only("AWS::ECS::Service");

        (service["DesiredCount"], service["DeploymentConfiguration", "MaximumPercent"]).ShouldBe(("1", "100"));
    }

    [Fact]
    public void In_dev_the_cost_worker_runs_for_ten_minutes_of_each_hour()
    {
        var target = templates.Of(Variant.Dev, "cost").Only("AWS::ApplicationAutoScaling::ScalableTarget");

        target["ScheduledActions"].ShouldBe(
            """[{"ScalableTargetAction":{"MaxCapacity":1,"MinCapacity":1},"Schedule":"cron(0 * * * ? *)","ScheduledActionName":"begin"},{"ScalableTargetAction":{"MaxCapacity":0,"MinCapacity":0},"Schedule":"cron(10 * * * ? *)","ScheduledActionName":"end"}]""");
        templates.Of(Variant.Prod, "cost").All("AWS::ApplicationAutoScaling::ScalableTarget").ShouldBeEmpty();
    }

    private string EnvironmentOf(string environment, string concern) =>
        templates.Of(Variant.All.Single(variant => variant.Name == environment), concern).Only("AWS::ECS::TaskDefinition")["ContainerDefinitions", "0", "Environment"]!;
}
