using System.Text;
using System.Text.Json.Nodes;
using Aws.Deployment.Tests.Hosts;
using Aws.Deployment.Tests.Hosts.Aws;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Operations;

[Trait("Requirement", "V1.1")]
public sealed class PrepareModelTests : AwsTest
{
    private const string Bucket = $"ai-gateway-dev-models-{LoopbackAws.Account}-{LoopbackAws.Region}";
    private const string Model = "microsoft/Phi-3-mini-4k-instruct";

    [Fact]
    public async Task Weights_of_a_folder_and_an_image_go_to_the_account_and_go_once()
    {
        var weights = Directory.CreateDirectory(Path.Combine(Folder, "weights")).FullName;
        await File.WriteAllTextAsync(Path.Combine(weights, "config.json"), "{}", Token);
        var skopeo = await SkopeoAsync("exit 0");

        var first = await RunAsync("--weights", weights, "--image", "vllm/vllm-openai:v0.11.0");

        first.ExitCode.ShouldBe(0, first.Error);
        Aws.Buckets.Objects[$"{Bucket}/{Model}/config.json"].ShouldBe("{}"u8.ToArray());
        first.Output.ShouldContain("ai-gateway/dev/vllm:v0.11.0: the next deploy takes it.");
        (await File.ReadAllTextAsync(skopeo, Token)).Trim().ShouldMatch(
            $"^copy --quiet --override-arch amd64 --override-os linux --dest-authfile [^ ]+ docker://vllm/vllm-openai:v0.11.0 docker://{new Uri(Aws.Registry.Endpoint).Authority}/ai-gateway/dev/vllm:v0.11.0$");

        Aws.Registry.Tags["ai-gateway/dev/vllm"] = ["v0.11.0"];
        File.Delete(skopeo);
        var second = await RunAsync("--weights", weights, "--image", "vllm/vllm-openai:v0.11.0");

        second.ExitCode.ShouldBe(0, second.Error);
        second.Output.ShouldContain("config.json: there already");
        second.Output.ShouldContain("is there already.");
        File.Exists(skopeo).ShouldBeFalse();
    }

    [Theory]
    [InlineData("exit 0")]
    [InlineData("exit 1")]
    [Trait("Requirement", "G3.4")]
    public async Task The_registrys_password_is_in_no_argument_but_in_a_file_that_only_its_owner_reads_and_that_is_gone_afterwards(string end)
    {
        var weights = Directory.CreateDirectory(Path.Combine(Folder, "weights")).FullName;
        await File.WriteAllTextAsync(Path.Combine(weights, "config.json"), "{}", Token);
        var (seen, login) = (Path.Combine(Folder, "seen"), Convert.ToBase64String(Encoding.UTF8.GetBytes($"{LoopbackRegistry.User}:{LoopbackRegistry.Password}")));
        await SkopeoAsync($"tr '\\0' ' ' < /proc/$PPID/cmdline >> {seen}\nstat -c 'mode %a' $8 >> {seen}\ncp $8 {seen}.json\necho $8 > {seen}.path\n{end}");

        await RunAsync("--weights", weights, "--image", "vllm/vllm-openai:v0.11.0");

        var arguments = await File.ReadAllTextAsync(seen, Token) + await File.ReadAllTextAsync(Path.Combine(Folder, "skopeo.calls"), Token);
        arguments.ShouldContain("mode 600");
        arguments.ShouldNotContain(LoopbackRegistry.Password);
        arguments.ShouldNotContain(login);
        var auths = JsonNode.Parse(await File.ReadAllTextAsync($"{seen}.json", Token))!["auths"]!;
        auths[new Uri(Aws.Registry.Endpoint).Authority]!["auth"]!.GetValue<string>().ShouldBe(login);
        File.Exists((await File.ReadAllTextAsync($"{seen}.path", Token)).Trim()).ShouldBeFalse();
    }

    [Fact]
    public async Task Weights_are_fetched_from_the_hub_where_no_folder_is_given()
    {
        await using var hub = await ScriptedUpstream.StartAsync(http => http.Request.Path.Value!.Contains("/tree/", StringComparison.Ordinal)
            ? http.Response.WriteAsJsonAsync(new[] { new { type = "file", path = "config.json", size = 2 } })
            : http.Response.WriteAsync("{}"));

        var run = await RunAsync(new Dictionary<string, string> { ["HF_ENDPOINT"] = hub.Address.AbsoluteUri, ["XDG_DATA_HOME"] = Folder, ["HOME"] = Folder }, []);

        run.ExitCode.ShouldBe(0, run.Error);
        Aws.Buckets.Objects[$"{Bucket}/{Model}/config.json"].ShouldBe("{}"u8.ToArray());
    }

    [Fact]
    public async Task An_image_that_is_not_copied_is_told_with_the_tools_own_words()
    {
        var weights = Directory.CreateDirectory(Path.Combine(Folder, "weights")).FullName;
        await File.WriteAllTextAsync(Path.Combine(weights, "config.json"), "{}", Token);
        await SkopeoAsync("echo 'manifest unknown' >&2; exit 1");

        var run = await RunAsync("--weights", weights, "--image", "vllm/vllm-openai:none");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("vllm/vllm-openai:none was not copied to ");
        run.Error.ShouldContain("manifest unknown");
        run.Error.ShouldNotContain(LoopbackRegistry.Password);
    }

    private Task<ToolRun> RunAsync(params string[] how) =>
        RunAsync(new Dictionary<string, string> { ["PATH"] = $"{Folder}:{System.Environment.GetEnvironmentVariable("PATH")}" }, how);

    private async Task<ToolRun> RunAsync(Dictionary<string, string> more, string[] how)
    {
        using var tool = ToolCopy.With("dev", new JsonObject { ["Inference"] = new JsonObject { ["Gpu"] = "g5.xlarge" } });
        return await tool.RunAsync(Aws.Environment.Concat(more).ToDictionary(), ["prepare-model", "--environment", "dev", "--domain", "example.com", .. how]);
    }

    /// <summary>A program of skopeo's name; the real one needs registries that speak HTTPS.</summary>
    /// <returns>The file that has what it was called with.</returns>
    private async Task<string> SkopeoAsync(string end)
    {
        var (path, calls) = (Path.Combine(Folder, "skopeo"), Path.Combine(Folder, "skopeo.calls"));
        await FakeProgram.WriteAsync(path, $"echo \"$@\" >> {calls}\n{end}", Token);
        return calls;
    }
}
