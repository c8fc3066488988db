using System.Text.Json.Nodes;
using Aws.Deployment.Tests.Synthesis;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Stacks;

public sealed class DemoTests(Templates templates)
{
    private JsonNode Distribution => templates.Of(Variant.Full, "demo").Only("AWS::CloudFront::Distribution").Properties["DistributionConfig"]!;

    [Fact]
    [Trait("Requirement", "V9.1")]
    [Trait("Requirement", "V9.4")]
    public void The_page_is_at_the_root_out_of_a_bucket_that_CloudFront_alone_reads()
    {
        ((string)Distribution["DefaultRootObject"]!).ShouldBe("index.html");
        Distribution["Origins"]![0]!["OriginAccessControlId"].ShouldNotBeNull();
        var statement = templates.Of(Variant.Full, "demo").Only("AWS::S3::BucketPolicy").Properties["PolicyDocument"]!["Statement"]![1]!;
        ((string)statement["Principal"]!["Service"]!).ShouldBe("cloudfront.amazonaws.com");
        statement["Condition"]!["StringEquals"]!["AWS:SourceArn"]!.ToJsonString().ShouldContain(":distribution/");
    }

    [Fact]
    [Trait("Requirement", "V9.5")]
    public void The_gateway_is_on_the_same_domain_with_the_demo_key_put_in_on_the_way()
    {
        var behaviour = Distribution["CacheBehaviors"]![0]!;
        ((string)behaviour["PathPattern"]!, (bool)behaviour["Compress"]!, (string)behaviour["CachePolicyId"]!).ShouldBe(("/v1/*", false, "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"));
        var origin = Distribution["Origins"]![1]!;
        ((string)origin["DomainName"]!).ShouldBe("openai.example.com");
        ((string)origin["OriginCustomHeaders"]![0]!["HeaderName"]!).ShouldBe("Authorization");
        ((string)origin["OriginCustomHeaders"]![0]!["HeaderValue"]!).ShouldBe("Bearer {{resolve:secretsmanager:ai-gateway/prod/demo:SecretString:demo-key}}");
    }

    [Fact]
    [Trait("Requirement", "G3.4")]
    public void Where_the_console_is_wanted_what_it_calls_reaches_the_gateway_uncached_and_without_the_demo_key()
    {
        var distribution = templates.Of(Variant.Dev, "demo").Only("AWS::CloudFront::Distribution").Properties["DistributionConfig"]!;

        var behaviours = distribution["CacheBehaviors"]!.AsArray().Skip(1).ToList();
        behaviours.Select(behaviour => (string)behaviour!["PathPattern"]!).ShouldBe(["/admin/*", "/schema/*", "/mcp/*"]);
        behaviours.ShouldAllBe(behaviour => (string)behaviour!["CachePolicyId"]! == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" && behaviour["AllowedMethods"]!.AsArray().Count == 7);
        foreach (var behaviour in behaviours)
        {
            var origin = distribution["Origins"]!.AsArray().Single(origin => (string)origin!["Id"]! == (string)behaviour!["TargetOriginId"]!)!;
            origin["OriginCustomHeaders"].ShouldBeNull();
            origin["DomainName"]!.ToJsonString().ShouldContain("execute-api");
        }
    }

    [Theory]
    [InlineData("prod")]
    [InlineData("prod-full")]
    [Trait("Requirement", "G3.4")]
    public void In_prod_the_admin_API_is_not_on_the_pages_domain_unless_asked_for(string name)
    {
        var distribution = templates.Of(Variant.All.Single(variant => variant.Name == name), "demo").Only("AWS::CloudFront::Distribution").Properties["DistributionConfig"]!;

        distribution["CacheBehaviors"]!.AsArray().Select(behaviour => (string)behaviour!["PathPattern"]!).ShouldBe(["/v1/*"]);
        distribution["Origins"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public void Without_a_domain_the_stages_path_goes_before()
    {
        var origin = templates.Of(Variant.Dev, "demo").Only("AWS::CloudFront::Distribution").Properties["DistributionConfig"]!["Origins"]![1]!;

        ((string)origin["OriginPath"]!).ShouldBe("/live");
    }

    [Fact]
    [Trait("Requirement", "G6.3")]
    public void Its_certificate_is_where_CloudFront_looks_for_it()
    {
        ((string)Distribution["ViewerCertificate"]!["MinimumProtocolVersion"]!).ShouldBe("TLSv1.2_2021");
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(templates.AssemblyOf(Variant.Full).Folder, "manifest.json")))!;
        ((string)manifest["artifacts"]!["demo"]!["environment"]!).ShouldEndWith("/us-east-1");
        ((string)manifest["artifacts"]!["gateway"]!["environment"]!).ShouldEndWith("/eu-central-1");
    }

    [Fact]
    public void Its_headers_are_strict()
    {
        var headers = templates.Of(Variant.Full, "demo").Only("AWS::CloudFront::ResponseHeadersPolicy").Properties["ResponseHeadersPolicyConfig"]!["SecurityHeadersConfig"]!;

        ((string)headers["ContentSecurityPolicy"]!["ContentSecurityPolicy"]!).ShouldStartWith("default-src 'none'; script-src 'self';");
        ((int)headers["StrictTransportSecurity"]!["AccessControlMaxAgeSec"]!).ShouldBe(31_536_000);
        ((string)headers["FrameOptions"]!["FrameOption"]!).ShouldBe("DENY");
    }
}
