using Aws.Deployment.Packages;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Packages;

public sealed class PackagesTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Suite", "long")]
    [Trait("Requirement", "B2.4")]
    [Trait("Requirement", "G3.4")]
    public async Task Two_builds_of_the_same_source_are_the_same_to_the_byte()
    {
        var folder = Directory.CreateTempSubdirectory("packages-test-");
        try
        {
            var first = await BuildAsync(Path.Combine(folder.FullName, "first"));
            var second = await BuildAsync(Path.Combine(folder.FullName, "second"));

            second.Select(package => package.Sha256).ShouldBe(first.Select(package => package.Sha256));
            first.Select(package => package.Name).ShouldBe(["gateway", "products", "cost"]);
            foreach (var package in first)
            {
                output.WriteLine($"{package.Name}: {package.Bytes:N0} bytes, sha256 {package.Sha256}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Package>> BuildAsync(string output)
    {
        var services = new PublishedServices(Path.Combine(output, "build"));
        await services.BuildAsync(Service.All, TestContext.Current.CancellationToken);
        return await PackageBuilder.BuildAsync(services, Service.All, output, TestContext.Current.CancellationToken);
    }
}
