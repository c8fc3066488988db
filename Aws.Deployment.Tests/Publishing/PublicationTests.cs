using System.Diagnostics;
using System.Text.Json.Nodes;
using Amazon.CDK;
using Aws.Deployment.Publishing;
using Aws.Deployment.Tests.Hosts;
using Aws.Deployment.Tests.Synthesis;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Publishing;

public sealed class PublicationTests(Templates templates, ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("publish-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    [Trait("Requirement", "B2.4")]
    [Trait("Requirement", "G3.4")]
    public void Templates_of_the_same_options_are_the_same_to_the_byte_wherever_they_are_written()
    {
        var first = templates.AssemblyOf(Variant.Dev);
        var again = templates.AssemblyOf(Variant.Dev with { Name = "dev-again" });

        FilesDocument.Of(again.Folder, except: "").ShouldBe(FilesDocument.Of(first.Folder, except: ""));
    }

    [Fact]
    [Trait("Requirement", "D7.3")]
    public void Parameters_are_the_options_as_decided_and_those_of_each_stack()
    {
        var document = JsonNode.Parse(ParametersDocument.Of(Variant.Full.Options, templates.AssemblyOf(Variant.Full)))!;

        document["options"]!["Environment"]!.GetValue<string>().ShouldBe("prod");
        document["options"]!["Domain"]!.GetValue<string>().ShouldBe("example.com");
        document["options"]!["Inference"]!["Gpu"]!.GetValue<string>().ShouldBe("g5.xlarge");
        document["stacks"]!["ai-gateway-prod-cost"]!["Image"]!["Type"]!.GetValue<string>().ShouldBe("String");
        document["stacks"]!["ai-gateway-prod-network"]!["Image"].ShouldBeNull();
    }

    [Fact]
    public async Task A_folder_with_something_else_in_it_is_left_alone()
    {
        var file = Path.Combine(_folder.FullName, "mine.txt");
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);

        var run = await ToolRun.OfAsync("publish", "--environment", "dev", "--output", _folder.FullName);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("holds mine.txt, which publish did not write");
        File.Exists(file).ShouldBeTrue();
    }

    [Fact]
    public void Aspire_gets_all_stacks_into_the_app_that_it_made()
    {
        lock (templates.Jsii)
        {
            var packages = _folder.CreateSubdirectory("packages");
            File.WriteAllText(Path.Combine(packages.FullName, "gateway.zip"), "");
            var app = new App(new AppProps { Outdir = Path.Combine(_folder.FullName, "assembly"), AnalyticsReporting = false });

            AspireEnvironment.AddTo(app, "dev", packages.FullName).StackName.ShouldBe("ai-gateway-dev-gateway");
            app.Synth();
        }

        Directory.EnumerateFiles(Path.Combine(_folder.FullName, "assembly"), "*.template.json").Select(Path.GetFileName).Order()
            .ShouldBe(templates.AssemblyOf(Variant.Dev).Stacks.Select(stack => Path.GetFileName(stack.Template)).Order());
    }

    [Fact]
    [Trait("Suite", "long")]
    [Trait("Requirement", "B2.1")]
    [Trait("Requirement", "B2.4")]
    [Trait("Requirement", "G3.4")]
    public async Task Two_publications_are_the_same_to_the_byte()
    {
        var began = Stopwatch.GetTimestamp();
        var first = await PublishAsync("first");
        output.WriteLine($"publish took {Stopwatch.GetElapsedTime(began).TotalSeconds:N1} s");
        var second = await PublishAsync("second");

        second.ToJsonString().ShouldBe(first.ToJsonString());
        foreach (var file in new[] { "estimate.json", "estimate.md", "parameters.json", "packages/cost.zip", "packages/gateway.zip", "packages/products.zip", "assembly/manifest.json" })
        {
            first.ShouldContainKey(file);
        }
    }

    private async Task<JsonObject> PublishAsync(string name)
    {
        var folder = Path.Combine(_folder.FullName, name);
        var run = await ToolRun.OfAsync("publish", "--environment", "dev", "--output", folder);
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain($"Published to {folder}.");
        return JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "files.json"), TestContext.Current.CancellationToken))!.AsObject();
    }
}
