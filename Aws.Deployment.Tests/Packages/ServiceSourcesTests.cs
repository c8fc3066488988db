using System.Text.Json.Nodes;
using Aws.Deployment.Packages;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Packages;

public sealed class ServiceSourcesTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("sources-test-");

    public ServiceSourcesTests()
    {
        Write("Directory.Packages.props", "<Project/>");
        Write("Service/Service.csproj", """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <ItemGroup>
                <PackageReference Include="Polly.Core" />
                <FeedPackage Include="Some.Package" />
                <ProjectReference Include="../Shared/Shared.csproj" />
                <Compile Include="../Other/Linked.cs" Link="Linked.cs" />
                <EmbeddedResource Include="..\schemas\*.json" />
              </ItemGroup>
            </Project>
            """);
        foreach (var project in new[] { "Shared/Shared.csproj", "compat/Some.Package/Some.Package.csproj", "Other/Other.csproj" })
        {
            Write(project, "<Project/>");
        }

        foreach (var file in (string[])["Service/Program.cs", "Service/deep/settings.json", "Shared/Code.cs", "compat/Some.Package/Code.cs", "Other/Linked.cs", "schemas/one.json", .. Foreign])
        {
            Write(file, "1");
        }
    }

    private static string[] Foreign => ["Service/bin/Service.dll", "Service/obj/project.assets.json", "Other/Unlinked.cs", "docs/guide.md", "publish/dev/files.json"];

    private ServiceSources Sources => new(_root.FullName, ["Service"]);

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("Directory.Packages.props")]
    [InlineData("Service/Service.csproj")]
    [InlineData("Service/Program.cs")]
    [InlineData("Service/deep/settings.json")]
    [InlineData("Shared/Code.cs")]
    [InlineData("compat/Some.Package/Code.cs")]
    [InlineData("Other/Linked.cs")]
    [InlineData("schemas/one.json")]
    public async Task Whatever_a_service_is_made_of_changes_the_hash_and_the_old_content_brings_the_old_one_back(string file)
    {
        var path = Path.Combine(_root.FullName, file);
        var before = await Sources.HashAsync(TestContext.Current.CancellationToken);
        var content = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

        await File.AppendAllTextAsync(path, "<!-- -->", TestContext.Current.CancellationToken);
        (await Sources.HashAsync(TestContext.Current.CancellationToken)).ShouldNotBe(before);

        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        (await Sources.HashAsync(TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Fact]
    public async Task A_file_that_is_added_or_renamed_changes_the_hash_and_what_no_service_is_made_of_does_not()
    {
        var before = await Sources.HashAsync(TestContext.Current.CancellationToken);
        foreach (var file in Foreign)
        {
            Write(file, "2");
        }

        (await Sources.HashAsync(TestContext.Current.CancellationToken)).ShouldBe(before);

        File.Move(Path.Combine(_root.FullName, "Shared/Code.cs"), Path.Combine(_root.FullName, "Shared/Renamed.cs"));
        var renamed = await Sources.HashAsync(TestContext.Current.CancellationToken);
        renamed.ShouldNotBe(before);

        Write("Service/New.cs", "");
        (await Sources.HashAsync(TestContext.Current.CancellationToken)).ShouldNotBe(renamed);
    }

    [Fact]
    [Trait("Suite", "long")]
    [Trait("Requirement", "B2.4")]
    public async Task No_file_that_the_SDK_takes_from_the_checkout_is_left_out()
    {
        var files = new ServiceSources(Repository.Root, Service.All.Select(service => service.Project)).Files().ToHashSet();
        string[] projects = [.. files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))];
        projects.Select(Path.GetFileNameWithoutExtension).ShouldBe(["Gateway.Api", "Mcp.Products", "Cost.Worker", "ServiceDefaults", "StackExchange.Redis", "Aspire.StackExchange.Redis", "ModelContextProtocol.AspNetCore"], ignoreOrder: true);

        foreach (var project in projects)
        {
            var items = JsonNode.Parse(await DotnetTool.RunAsync(["msbuild", project, "-getItem:Compile,EmbeddedResource,Content,None,ProjectReference,AdditionalFiles", "-nodeReuse:false"], TestContext.Current.CancellationToken))!["Items"]!.AsObject();
            var taken = items.SelectMany(list => list.Value!.AsArray()).Select(item => item!["FullPath"]!.GetValue<string>())
                .Where(path => path.StartsWith(Repository.Root, StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal) && File.Exists(path)).ToList();

            taken.ShouldNotBeEmpty();
            taken.Where(path => !files.Contains(path)).ShouldBeEmpty();
        }
    }

    private void Write(string file, string content)
    {
        var path = Path.Combine(_root.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
