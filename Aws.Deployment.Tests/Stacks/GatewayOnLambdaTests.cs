using System.Text.Json.Nodes;
using Aws.Deployment.Tests.Synthesis;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Stacks;

public sealed class GatewayOnLambdaTests(Templates templates)
{
    private Template Gateway => templates.Of(Variant.Full, "gateway");

    private Resource Function => Gateway.Only("AWS::Lambda::Function");

    [Fact]
    [Trait("Requirement", "B2.1")]
    [Trait("Requirement", "B4.2")]
    [Trait("Requirement", "B4.4")]
    [Trait("Requirement", "D5.1")]
    [Trait("Requirement", "G3.1")]
    [Trait("Requirement", "G3.2")]
    public void The_gateway_is_a_function_on_arm64()
    {
        (Function["Runtime"], Function["Architectures"], Function["Handler"]).ShouldBe(("\"dotnet10\"", "[\"arm64\"]", "\"run.sh\""));
        Function["Layers", "0"]!.ShouldContain("LambdaAdapterLayerArm64");
        Function["Environment", "Variables", "AWS_LAMBDA_EXEC_WRAPPER"].ShouldBe("\"/opt/bootstrap\"");
        Function["Environment", "Variables", "AWS_LWA_INVOKE_MODE"].ShouldBe("\"response_stream\"");
    }

    [Fact]
    [Trait("Requirement", "D5.2")]
    [Trait("Requirement", "V7.2")]
    public void Memory_and_time_leave_the_gateway_its_own_limit_of_30_s()
    {
        Function["MemorySize"].ShouldBe("2048");
        int.Parse(Function["Timeout"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(30);
        Gateway.All("AWS::ApiGateway::Method").ShouldAllBe(method => method["Integration", "TimeoutInMillis"] == "900000");
        templates.Of(Variant.Full, "state").Only("AWS::SSM::Parameter", one => ((string)one["Name"]!).EndsWith("/Limits/RequestTimeoutSeconds", StringComparison.Ordinal))["Value"].ShouldBe("\"30\"");
    }

    [Fact]
    [Trait("Requirement", "B2.2")]
    [Trait("Requirement", "B2.3")]
    [Trait("Requirement", "V5.1")]
    [Trait("Requirement", "V5.2")]
    public void Every_path_and_method_is_the_gateways_and_is_streamed()
    {
        Gateway.Only("AWS::ApiGateway::RestApi")["EndpointConfiguration", "Types"].ShouldBe("[\"REGIONAL\"]");
        Gateway.Only("AWS::ApiGateway::RestApi")["BinaryMediaTypes"].ShouldBe("[\"*/*\"]");
        Gateway.All("AWS::ApiGateway::Resource").Select(path => path["PathPart"]).ShouldBe(["\"{path+}\""]);
        var methods = Gateway.All("AWS::ApiGateway::Method");
        methods.Count.ShouldBe(2);
        methods.ShouldAllBe(method => method["HttpMethod"] == "\"ANY\"" && method["Integration", "Type"] == "\"AWS_PROXY\"" && method["Integration", "ResponseTransferMode"] == "\"STREAM\"");
        methods.ShouldAllBe(method => method["Integration", "Uri"]!.Contains("/response-streaming-invocations"));
    }

    [Fact]
    [Trait("Requirement", "B3.1")]
    [Trait("Requirement", "B3.2")]
    public void With_a_domain_there_is_a_name_for_it_with_a_certificate()
    {
        var certificate = Gateway.Only("AWS::CertificateManager::Certificate");
        (certificate["DomainName"], certificate["ValidationMethod"]).ShouldBe(("\"openai.example.com\"", "\"DNS\""));
        Gateway.Only("AWS::ApiGateway::DomainName")["RegionalCertificateArn"].ShouldBe($$"""{"Ref":"{{certificate.Id}}"}""");
        Gateway.Only("AWS::Route53::RecordSet")["Name"].ShouldBe("\"openai.example.com\"");
        Gateway.Only("AWS::ApiGateway::RestApi")["DisableExecuteApiEndpoint"].ShouldBe("true");
        OutputOf(Gateway, "OpenAIBaseUrl").ShouldBe("\"https://openai.example.com/v1\"");
    }

    [Fact]
    [Trait("Requirement", "B3.3")]
    public void Without_a_domain_the_APIs_own_address_is_printed()
    {
        var gateway = templates.Of(Variant.Dev, "gateway");

        gateway.All("AWS::ApiGateway::DomainName").ShouldBeEmpty();
        gateway.Only("AWS::ApiGateway::RestApi")["DisableExecuteApiEndpoint"].ShouldBe("false");
        OutputOf(gateway, "OpenAIBaseUrl").ShouldContain(".execute-api.eu-central-1.amazonaws.com/live/v1");
    }

    [Fact]
    [Trait("Requirement", "B3.4")]
    [Trait("Requirement", "G6.3")]
    public void The_edge_prefers_TLS_1_3()
    {
        foreach (var one in new[] { Gateway.Only("AWS::ApiGateway::RestApi"), Gateway.Only("AWS::ApiGateway::DomainName") })
        {
            (one["SecurityPolicy"], one["EndpointAccessMode"]).ShouldBe(("\"SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09\"", "\"STRICT\""));
        }
    }

    [Fact]
    [Trait("Requirement", "V5.3")]
    [Trait("Requirement", "V5.4")]
    public void More_than_100_requests_a_minute_from_one_address_are_answered_with_429()
    {
        var rule = Gateway.Only("AWS::WAFv2::WebACL");

        rule["Rules", "0", "Statement", "RateBasedStatement"].ShouldBe("""{"AggregateKeyType":"IP","EvaluationWindowSec":60,"Limit":100}""");
        rule["Rules", "0", "Action", "Block", "CustomResponse", "ResponseCode"].ShouldBe("429");
        rule["Rules", "0", "Action", "Block", "CustomResponse", "ResponseHeaders", "0"].ShouldBe("""{"Name":"Retry-After","Value":"60"}""");
        ErrorOf(JsonNode.Parse(rule["CustomResponseBodies", "limited", "Content"]!)!.GetValue<string>()).ShouldBe("rate_limit_exceeded");
        Gateway.Only("AWS::WAFv2::WebACLAssociation")["ResourceArn"]!.ShouldContain("/stages/live");
    }

    [Fact]
    [Trait("Requirement", "D5.4")]
    public void The_stage_and_its_usage_plan_throttle()
    {
        var stage = Gateway.Only("AWS::ApiGateway::Stage");
        (stage["MethodSettings", "0", "ThrottlingRateLimit"], stage["MethodSettings", "0", "ThrottlingBurstLimit"]).ShouldBe(("500", "1000"));
        var plan = Gateway.Only("AWS::ApiGateway::UsagePlan");
        (plan["Throttle", "RateLimit"], plan["Throttle", "BurstLimit"], plan["Quota", "Limit"], plan["Quota", "Period"]).ShouldBe(("500", "1000", "50000000", "\"MONTH\""));
    }

    [Theory]
    [InlineData("THROTTLED", "429", "rate_limit_exceeded", true)]
    [InlineData("QUOTA_EXCEEDED", "429", "insufficient_quota", true)]
    [InlineData("REQUEST_TOO_LARGE", "413", "request_too_large", false)]
    [InlineData("INTEGRATION_FAILURE", "503", "no_target_available", true)]
    [InlineData("INTEGRATION_TIMEOUT", "504", "timeout", true)]
    [InlineData("MISSING_AUTHENTICATION_TOKEN", "404", "unknown_url", false)]
    [InlineData("DEFAULT_4XX", null, "invalid_request_error", false)]
    [InlineData("DEFAULT_5XX", null, "upstream_error", true)]
    [Trait("Requirement", "V7.1")]
    [Trait("Requirement", "V7.2")]
    [Trait("Requirement", "B6.5")]
    public void What_the_API_answers_by_itself_is_in_OpenAIs_form_for_browsers_too(string kind, string? status, string code, bool again)
    {
        var reply = Gateway.Only("AWS::ApiGateway::GatewayResponse", one => (string)one["ResponseType"]! == kind);

        reply["StatusCode"].ShouldBe(status is null ? null : $"\"{status}\"");
        reply["ResponseParameters", "gatewayresponse.header.Access-Control-Allow-Origin"].ShouldBe("\"'*'\"");
        (reply["ResponseParameters", "gatewayresponse.header.Retry-After"] is not null).ShouldBe(again);

        // API Gateway puts a text in quotes where the variable stands.
        ErrorOf(((string)reply.Properties["ResponseTemplates"]!["application/json"]!).Replace("$context.error.messageString", "\"Bad.\"", StringComparison.Ordinal)).ShouldBe(code);
    }

    [Fact]
    public void A_changed_API_is_deployed_anew() =>
        Gateway.Only("AWS::ApiGateway::Deployment").Id.ShouldNotBe(templates.Of(Variant.Dev, "gateway").Only("AWS::ApiGateway::Deployment").Id, "Their time-outs differ.");

    [Fact]
    [Trait("Requirement", "D2.1")]
    [Trait("Requirement", "B8.1")]
    [Trait("Requirement", "V5.7")]
    public void Secrets_and_settings_are_referred_to_and_may_be_read()
    {
        var variables = Function.Properties["Environment"]!["Variables"]!;
        ((string)variables["Gateway__Access__AdminKey"]!).ShouldBe("secret:ai-gateway/prod/admin#admin-key");
        ((string)variables["Gateway__Providers__openai__ApiKey"]!).ShouldBe("secret:ai-gateway/prod/providers#openai-api-key");
        ((string)variables["Configuration__ParameterStore"]!).ShouldBe("/ai-gateway/prod/gateway");
        ((string)variables["Gateway__Providers__local__BaseUrl"]!).ShouldBe("https://model.example.com/v1");
        var role = Gateway.Resources.Single(one => one.Type == "AWS::IAM::Role").Json.ToJsonString();
        role.ShouldContain(":secret:ai-gateway/prod/providers-??????");
        role.ShouldContain(":parameter/ai-gateway/prod/gateway/*");
    }

    [Fact]
    public void Without_a_way_to_the_internet_OpenAI_is_not_configured() =>
        templates.Of(Variant.Dev, "gateway").Only("AWS::Lambda::Function")["Environment", "Variables", "Gateway__Providers__openai__ApiKey"].ShouldBeNull();

    [Fact]
    public void Only_this_API_may_invoke_the_function()
    {
        var permission = Gateway.Only("AWS::Lambda::Permission");

        permission["Principal"].ShouldBe("\"apigateway.amazonaws.com\"");
        permission["SourceArn"]!.ShouldContain($$"""{"Ref":"{{Gateway.Only("AWS::ApiGateway::RestApi").Id}}"}""");
    }

    private static string ErrorOf(string body) => (string)JsonNode.Parse(body)!["error"]!["code"]!;

    private static string OutputOf(Template template, string name) => template.Json["Outputs"]![name]!["Value"]!.ToJsonString();
}
