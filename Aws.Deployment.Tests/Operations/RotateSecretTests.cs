using Aws.Deployment.Tests.Hosts;
using Aws.Deployment.Tests.Hosts.Aws;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Operations;

public sealed class RotateSecretTests : AwsTest
{
    private const string Providers = "ai-gateway/dev/providers";

    [Fact]
    [Trait("Requirement", "D2.3")]
    public async Task A_new_key_takes_the_place_of_the_old_one_and_the_others_stay()
    {
        Aws.Secrets.All[Providers] = """{"openai-api-key":"sk-old","other":"kept"}""";

        var run = await RotateAsync("sk-new\n");

        run.ExitCode.ShouldBe(0, run.Error);
        Aws.Secrets.All[Providers].ShouldBe("""{"openai-api-key":"sk-new","other":"kept"}""");
        (run.Output + run.Error).ShouldNotContain("sk-");
    }

    [Theory]
    [InlineData("{\"openai-api-key\":\"sk-old\"}", "\n", "The secret is blank")]
    [InlineData("no JSON", "sk-new\n", "is no JSON object of texts")]
    [Trait("Requirement", "D2.2")]
    public async Task What_the_gateway_could_not_read_is_refused(string there, string given, string said)
    {
        Aws.Secrets.All[Providers] = there;

        var run = await RotateAsync(given);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(said);
        Aws.Secrets.All[Providers].ShouldBe(there);
    }

    [Fact]
    [Trait("Requirement", "D2.4")]
    public async Task Without_the_admin_secret_the_remedy_is_told()
    {
        var run = await RotateAsync("", "--name", "admin-key");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("There is no secret ai-gateway/dev/admin with admin-key.");
        run.Error.ShouldContain("deploy --environment dev");
    }

    [Fact]
    [Trait("Requirement", "D2.3")]
    public async Task A_new_admin_key_is_made_up_and_the_services_that_have_the_old_one_start_anew()
    {
        Aws.Secrets.All["ai-gateway/dev/admin"] = """{"admin-key":"old"}""";

        (await RotateAsync("", "--name", "admin-key")).ExitCode.ShouldBe(0);

        Aws.Secrets.All["ai-gateway/dev/admin"].ShouldMatch("^\\{\"admin-key\":\"[0-9a-f]{64}\"\\}$");
        Aws.Calls.Where(call => call.Action == "UpdateService").Select(call => (string)call.Json["service"]!).ShouldBe(["ai-gateway-dev-products", "ai-gateway-dev-cost"]);
    }

    [Fact]
    public async Task Where_services_cannot_be_started_anew_it_is_told_how()
    {
        Aws.Secrets.All["ai-gateway/dev/admin"] = """{"admin-key":"old"}""";
        Aws.Fail("UpdateService", 400, "AccessDeniedException", "User test is not authorized to perform: ecs:UpdateService");

        var run = await RotateAsync("", "--name", "admin-key");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("aws ecs update-service --cluster ai-gateway-dev --service ai-gateway-dev-cost --force-new-deployment --region eu-central-1");
    }

    private Task<ToolRun> RotateAsync(string input, params string[] how) => ToolRun.OfAsync(Aws.Environment, input, ["rotate-secret", "--environment", "dev", .. how]);
}
