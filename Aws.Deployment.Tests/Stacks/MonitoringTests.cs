using System.Text.Json.Nodes;
using Aws.Deployment.Tests.Synthesis;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Stacks;

public sealed class MonitoringTests(Templates templates)
{
    private Template Monitoring => templates.Of(Variant.Full, "monitoring");

    [Fact]
    [Trait("Requirement", "V4.4")]
    [Trait("Requirement", "D3.4")]
    public void An_alarm_at_p99_over_5_s()
    {
        var alarm = AlarmOf("Slow");

        (alarm["Namespace"], alarm["MetricName"], alarm["ExtendedStatistic"]).ShouldBe(("\"AIGateway\"", "\"gen_ai.client.operation.duration\"", "\"p99\""));
        (alarm["Threshold"], alarm["ComparisonOperator"], alarm["Period"]).ShouldBe(("5", "\"GreaterThanThreshold\"", "60"));
        alarm["Dimensions"].ShouldBe("""[{"Name":"service.name","Value":"ai-gateway-prod-gateway"}]""");
    }

    [Fact]
    [Trait("Requirement", "D3.1")]
    [Trait("Requirement", "D3.4")]
    [Trait("Requirement", "G4.4")]
    public void An_alarm_where_more_than_five_in_a_hundred_requests_fail()
    {
        var alarm = AlarmOf("Errors");

        alarm["Threshold"].ShouldBe("5");
        alarm["Metrics"]!.ShouldContain("\"5XXError\"");
        alarm["Metrics"]!.ShouldContain("\"Expression\":\"100 * failures\"");
        AlarmOf("Errors", Variant.Fargate)["Metrics"]!.ShouldContain("\"Expression\":\"100 * failures / requests\"");
    }

    [Fact]
    [Trait("Requirement", "G4.3")]
    [Trait("Requirement", "G4.4")]
    public void Each_alarm_has_a_severity_and_tells_whoever_is_on_call()
    {
        var topics = Monitoring.All("AWS::SNS::Topic").ToDictionary(topic => topic.Id, topic => (string)topic.Properties["DisplayName"]!);
        topics.Values.ShouldBe(["ai-gateway-prod critical", "ai-gateway-prod warning"], ignoreOrder: true);
        foreach (var alarm in Monitoring.All("AWS::CloudWatch::Alarm"))
        {
            var severity = topics[(string)alarm.Properties["AlarmActions"]![0]!["Ref"]!].Split(' ')[1];
            ((string)alarm.Properties["AlarmDescription"]!).ToLowerInvariant().ShouldStartWith($"{severity}: ");
            alarm["OKActions"].ShouldBe(alarm["AlarmActions"]);
        }

        Monitoring.All("AWS::SNS::Subscription").Select(mail => mail["Endpoint"]).ShouldBe(["\"oncall@example.com\"", "\"oncall@example.com\""]);
    }

    [Fact]
    public void Alarms_are_encrypted_on_their_way()
    {
        Monitoring.All("AWS::SNS::Topic").ShouldAllBe(topic => topic["KmsMasterKeyId"] != null);
        Monitoring.Only("AWS::KMS::Key")["EnableKeyRotation"].ShouldBe("true");
    }

    [Fact]
    [Trait("Requirement", "V4.1")]
    [Trait("Requirement", "V4.2")]
    [Trait("Requirement", "V4.5")]
    [Trait("Requirement", "G3.2")]
    [Trait("Requirement", "G4.5")]
    [Trait("Requirement", "D3.3")]
    public void One_dashboard_shows_all_of_it()
    {
        var body = DashboardOf(Monitoring);

        foreach (var shown in new[]
        {
            "\"stat\":\"p50\"", "\"stat\":\"p95\"", "\"stat\":\"p99\"", "PERIOD(m0)", "gen_ai.client.token.usage", "gateway.cost", "nvidia_smi_utilization_gpu", "BlockedRequests", "ConcurrentExecutions", "gateway.limits.refused",
        })
        {
            body.ShouldContain(shown);
        }
    }

    [Fact]
    [Trait("Requirement", "G4.5")]
    public void Its_widgets_do_not_cover_each_other()
    {
        var places = JsonNode.Parse(DashboardOf(Monitoring))!["widgets"]!.AsArray().Select(widget => ((int)widget!["x"]!, (int)widget["y"]!)).ToList();

        places.ShouldBeUnique();
        places.ShouldAllBe(place => place.Item1 + 8 <= 24);
    }

    [Fact]
    [Trait("Requirement", "D3.1")]
    public void A_canary_asks_every_five_minutes_and_is_missed_when_it_is_silent()
    {
        Monitoring.Only("AWS::Events::Rule")["ScheduleExpression"].ShouldBe("\"rate(5 minutes)\"");
        Monitoring.Only("AWS::Lambda::Function")["Environment", "Variables", "GATEWAY_URL"]!.ShouldContain("https://openai.example.com");
        AlarmOf("Canary")["TreatMissingData"].ShouldBe("\"breaching\"");
        templates.Of(Variant.Dev, "monitoring").All("AWS::Events::Rule").ShouldBeEmpty();
    }

    [Fact]
    public void What_alarms_name_is_what_the_stacks_name()
    {
        AlarmOf("Throttled")["Dimensions", "0", "Value"].ShouldBe(templates.Of(Variant.Full, "gateway").Only("AWS::Lambda::Function")["FunctionName"]);
        AlarmOf("CacheFull")["Dimensions", "0", "Value"].ShouldBe(templates.Of(Variant.Full, "state").Only("AWS::ElastiCache::ServerlessCache")["ServerlessCacheName"]);
        templates.Of(Variant.Full, "gateway").Only("AWS::Lambda::Function")["Environment", "Variables", "OTEL_SERVICE_NAME"].ShouldBe(AlarmOf("Slow")["Dimensions", "0", "Value"]);
    }

    private Resource AlarmOf(string name, Variant? variant = null) =>
        (variant is null ? Monitoring : templates.Of(variant, "monitoring")).Only("AWS::CloudWatch::Alarm", alarm => ((string)alarm["AlarmName"]!).EndsWith($"-{name}", StringComparison.Ordinal));

    private static string DashboardOf(Template monitoring)
    {
        var body = monitoring.Only("AWS::CloudWatch::Dashboard").Properties["DashboardBody"]!;
        return body is JsonValue whole ? (string)whole! : string.Concat(body["Fn::Join"]![1]!.AsArray().Select(part => part is JsonValue text ? (string)text! : "?"));
    }
}
