using System.Formats.Tar;
using System.Text.Json.Nodes;
using Aws.Deployment.Packages;
using Aws.Deployment.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Packages;

public sealed class ImageBuilderTests : IDisposable
{
    private static readonly Package Cost = new("cost", "cost.zip", 1, new string('a', 64));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("images-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    [Trait("Suite", "long")]
    [Trait("Requirement", "D5.1")]
    public async Task An_image_is_an_archive_for_arm64_that_starts_the_service_and_bears_the_hash_of_its_package()
    {
        await using var images = await LoopbackImages.StartAsync();
        var services = await BuiltAsync();

        var archive = (await ImageBuilder.BuildAsync(services, [Cost], _folder.FullName, images.BaseImage, TestContext.Current.CancellationToken)).Single();

        var files = await FilesOf(archive);
        var manifest = JsonNode.Parse(files["manifest.json"])![0]!;
        manifest["RepoTags"]![0]!.GetValue<string>().ShouldBe("cost:aaaaaaaaaaaaaaaa");
        var config = JsonNode.Parse(files[manifest["Config"]!.GetValue<string>()])!;
        config["architecture"]!.GetValue<string>().ShouldBe("arm64");
        string.Join(' ', config["config"]!["Entrypoint"]!.AsArray().Select(part => part!.GetValue<string>())).ShouldEndWith("dotnet /app/Cost.Worker.dll");
    }

    [Fact]
    [Trait("Suite", "long")]
    public async Task Without_the_registry_the_fault_says_so()
    {
        var services = await BuiltAsync();

        var failure = await Should.ThrowAsync<PackageException>(() => ImageBuilder.BuildAsync(services, [Cost], _folder.FullName, "localhost:1/base:1.0", TestContext.Current.CancellationToken));

        failure.Message.ShouldContain("localhost:1");
    }

    private async Task<PublishedServices> BuiltAsync()
    {
        var services = new PublishedServices(Path.Combine(_folder.FullName, "build"));
        await services.BuildAsync([Service.All.Single(service => service.Name == Cost.Name)], TestContext.Current.CancellationToken);
        return services;
    }

    // As docker save writes it: "manifest.json", the configuration, and layers, which are too large to be of interest.
    private static async Task<Dictionary<string, string>> FilesOf(string archive)
    {
        var files = new Dictionary<string, string>();
        await using var tar = new TarReader(File.OpenRead(archive));
        while (await tar.GetNextEntryAsync(cancellationToken: TestContext.Current.CancellationToken) is { } entry)
        {
            if (entry.DataStream is { } data && entry.Name.EndsWith(".json", StringComparison.Ordinal))
            {
                using var reader = new StreamReader(data);
                files[entry.Name] = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            }
        }

        return files;
    }
}
