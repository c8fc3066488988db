using Aws.Deployment.Packages;
using Aws.Deployment.Tests.Packages;
using Xunit;

[assembly: AssemblyFixture(typeof(GatewayPackage))]

namespace Aws.Deployment.Tests.Packages;

/// <summary>The gateway's package, built once where a test asks for it.</summary>
public sealed class GatewayPackage : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("package-test-");
    private readonly Lazy<Task<Package>> _package;

    public GatewayPackage() => _package = new(async () =>
    {
        var services = new PublishedServices(_folder.CreateSubdirectory("build").FullName);
        await services.BuildAsync([Service.Gateway], CancellationToken.None);
        return (await PackageBuilder.BuildAsync(services, [Service.Gateway], _folder.FullName, CancellationToken.None)).Single();
    });

    public Task<Package> BuiltAsync() => _package.Value;

    public void Dispose() => _folder.Delete(recursive: true);
}
