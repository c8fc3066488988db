using Aws.Deployment.Tests.Synthesis;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Stacks;

public sealed class StateTests(Templates templates)
{
    [Fact]
    [Trait("Requirement", "G3.1")]
    public void Tables_have_the_layout_that_the_services_ask_for()
    {
        foreach (var table in templates.Of(Variant.Prod, "state").All("AWS::DynamoDB::Table"))
        {
            table["KeySchema"].ShouldBe("""[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}]""");
            table["BillingMode"].ShouldBe("\"PAY_PER_REQUEST\"");
        }
    }

    [Theory]
    [InlineData("dev", false)]
    [InlineData("prod", true)]
    [Trait("Requirement", "V2.5")]
    public void Tables_can_be_restored_and_in_prod_not_be_deleted(string environment, bool isProtected)
    {
        var variant = Variant.All.Single(variant => variant.Name == environment);
        var tables = templates.Of(variant, "state").All("AWS::DynamoDB::Table");

        tables.Count.ShouldBe(2);
        tables.ShouldAllBe(table => table["PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"] == "true" && table["SSESpecification", "SSEEnabled"] == "true");
        tables.ShouldAllBe(table => table["DeletionProtectionEnabled"] == (isProtected ? "true" : "false"));
        tables.ShouldAllBe(table => (string)table.Json["DeletionPolicy"]! == (isProtected ? "Retain" : "Delete"));
    }

    [Fact]
    public void Valkey_is_bounded_and_reached_over_TLS()
    {
        var cache = templates.Of(Variant.Prod, "state").Only("AWS::ElastiCache::ServerlessCache");

        cache["Engine"].ShouldBe("\"valkey\"");
        cache["CacheUsageLimits", "DataStorage", "Maximum"].ShouldBe("5");
        templates.Of(Variant.Prod, "gateway").Only("AWS::Lambda::Function")["Environment", "Variables", "ConnectionStrings__redis"]!.ShouldEndWith("\":6379,ssl=true\"]]}");
    }

    [Fact]
    [Trait("Requirement", "D2.1")]
    public void The_admin_key_is_made_by_AWS_and_seen_by_nobody()
    {
        var secret = templates.Of(Variant.Prod, "state").Only("AWS::SecretsManager::Secret");

        secret["Name"].ShouldBe("\"ai-gateway/prod/admin\"");
        secret["GenerateSecretString", "GenerateStringKey"].ShouldBe("\"admin-key\"");
        secret["SecretString"].ShouldBeNull();
    }

    [Fact]
    public void Images_cannot_be_replaced_under_their_tag_and_are_scanned() =>
        templates.Of(Variant.Fargate, "state").All("AWS::ECR::Repository").ShouldAllBe(repository =>
            repository["ImageTagMutability"] == "\"IMMUTABLE\"" && repository["ImageScanningConfiguration", "ScanOnPush"] == "true");

    [Fact]
    public void Weights_are_in_a_private_bucket_over_HTTPS()
    {
        var state = templates.Of(Variant.Full, "state");
        var bucket = state.Only("AWS::S3::Bucket");

        bucket["PublicAccessBlockConfiguration"].ShouldBe("""{"BlockPublicAcls":true,"BlockPublicPolicy":true,"IgnorePublicAcls":true,"RestrictPublicBuckets":true}""");
        bucket["BucketEncryption"]!.ShouldContain("AES256");
        state.Only("AWS::S3::BucketPolicy")["PolicyDocument", "Statement", "0", "Condition"].ShouldBe("""{"Bool":{"aws:SecureTransport":"false"}}""");
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod-full")]
    [Trait("Requirement", "D5.3")]
    [Trait("Requirement", "V4.6")]
    public void All_logs_are_kept_for_30_days(string name)
    {
        var groups = templates.Of(Variant.All.Single(variant => variant.Name == name)).SelectMany(template => template.All("AWS::Logs::LogGroup")).ToList();

        groups.ShouldNotBeEmpty();
        groups.ShouldAllBe(group => group["RetentionInDays"] == "30");
    }
}
