using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Aws.Deployment.Operations.Aws;
using Aws.Deployment.Operations.Prerequisites;
using Aws.Deployment.Tests.Hosts.Aws;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Operations;

/// <summary>AWS's own command is the judge of the loopback's replies, which it has to understand, and of our requests, which have to be like its.</summary>
public sealed class AwsCliTests : AwsTest
{
    [Fact]
    [Trait("Requirement", "D1.1")]
    public async Task AWSs_own_command_sends_what_the_tool_sends_and_reads_the_same()
    {
        Aws.Stacks.Put(TestAssembly.Network, "CREATE_COMPLETE", TestAssembly.Template(("Base", "base")));
        Aws.Stacks.Outputs[TestAssembly.Network] = new() { ["Url"] = "https://example.com/" };
        Aws.Secrets.All["some"] = """{"key":"value"}""";
        Aws.Settings.HostedZones.Add("example.com.");
        var cloudFormation = new CloudFormation(Api);

        var stacks = await CompareAsync(() => cloudFormation.FindAsync(TestAssembly.Network, Token), "cloudformation", "describe-stacks", "--stack-name", TestAssembly.Network);
        stacks.Cli["Stacks"]![0]!["Outputs"]![0]!["OutputValue"]!.ToString().ShouldBe(stacks.Ours!.Outputs["Url"]);
        stacks.Cli["Stacks"]![0]!["StackStatus"]!.ToString().ShouldBe(stacks.Ours.Status);

        var events = await CompareAsync(async () => await cloudFormation.EventsAsync(TestAssembly.Network, Token).ToListAsync(Token), "cloudformation", "describe-stack-events", "--stack-name", TestAssembly.Network);
        events.Cli["StackEvents"]!.AsArray().Select(told => (string)told!["EventId"]!).ShouldBe(events.Ours.Select(told => told.Id));

        var secret = await CompareAsync(() => new SecretsManager(Api).GetAsync("some", Token), "secretsmanager", "get-secret-value", "--secret-id", "some");
        secret.Cli["SecretString"]!.ToString().ShouldBe(secret.Ours);

        var zones = await CompareAsync(() => HostedZones.FindAsync(Api, "example.com", Token), "route53", "list-hosted-zones-by-name", "--dns-name", "example.com", "--max-items", "10");
        zones.Cli["HostedZones"]![0]!["Id"]!.ToString().ShouldEndWith($"/{zones.Ours}");

        var quota = await CompareAsync(() => GpuQuota.FindAsync(Api, "g5.xlarge", 1, isSpot: false, Token), "service-quotas", "get-service-quota", "--service-code", "ec2", "--quota-code", "L-DB2E81BA");
        ((double)quota.Cli["Quota"]!["Value"]!).ShouldBe(Aws.Settings.GpuQuota);
    }

    private async Task<(T Ours, JsonNode Cli)> CompareAsync<T>(Func<Task<T>> ours, params string[] cli)
    {
        var before = Aws.Calls.Count();
        var result = await ours();
        var mine = Aws.Calls.ElementAt(before);
        var at = Aws.Calls.Count();
        var reply = await RunAsync(cli);
        Shape(mine).ShouldBe(Shape(Aws.Calls.ElementAt(at)));
        return (result, reply);
    }

    private static string Shape(AwsCall call) =>
        $"{call.Service} {call.Region} {call.Method} {call.Path} {call.Target} form:{string.Join(',', call.Parameters.Order(StringComparer.Ordinal))} query:{string.Join(',', call.Query.Keys.Order(StringComparer.Ordinal))}"
        + $" json:{(call.Target.Length > 0 ? string.Join(',', call.Json.Select(entry => entry.Key).Order(StringComparer.Ordinal)) : "")}";

    private async Task<JsonNode> RunAsync(string[] arguments)
    {
        // With an address of its own it signs for the region it is given, though Route 53 has but one.
        var start = new ProcessStartInfo("aws", [.. arguments, "--output", "json", "--region", arguments[0] == "route53" ? "us-east-1" : LoopbackAws.Region, "--endpoint-url", Aws.Address.AbsoluteUri]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Aws.Environment)
        {
            start.Environment[name] = value;
        }

        using var aws = Start(start);
        Assert.SkipWhen(aws is null, "AWS's command is not installed: apt-get install awscli.");
        var errors = aws.StandardError.ReadToEndAsync(Token);
        var output = await aws.StandardOutput.ReadToEndAsync(Token);
        await aws.WaitForExitAsync(Token);
        aws.ExitCode.ShouldBe(0, await errors);
        return JsonNode.Parse(output)!;
    }

    private static Process? Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
