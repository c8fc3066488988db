namespace Aws.Deployment.Packages;

/// <summary>Makes the images that containers run, as archives that <c>docker load</c> and registries take; .NET's SDK does it without a container engine.</summary>
internal static class ImageBuilder
{
    private const int TagLength = 16;

    /// <param name="packages">Each image has the name of one, and the beginning of its hash as its tag.</param>
    /// <param name="output">The folder that gets an archive for each.</param>
    /// <param name="baseImage">What it is built on; null for Microsoft's image of ASP.NET Core.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The archives.</returns>
    /// <exception cref="PackageException">One cannot be built; most often since the registry of the base image is not reached.</exception>
    public static async Task<IReadOnlyList<string>> BuildAsync(IEnumerable<Package> packages, string output, string? baseImage, CancellationToken cancellationToken)
    {
        var work = Directory.CreateTempSubdirectory("gateway-images-");
        try
        {
            var archives = new List<string>();
            foreach (var package in packages)
            {
                var archive = Path.Combine(output, $"{package.Name}.tar");
                await DotnetTool.RunAsync(Arguments(package, work.FullName, archive, baseImage), cancellationToken);
                archives.Add(archive);
            }

            return archives;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static IReadOnlyList<string> Arguments(Package package, string work, string archive, string? baseImage) =>
    [
        .. PublishedFolder.Arguments(Service.All.First(service => service.Name == package.Name).Project, Path.Combine(work, "build"), Path.Combine(work, package.Name)),
        "-t:PublishContainer", $"-p:ContainerRepository={package.Name}", $"-p:ContainerImageTag={package.Sha256[..TagLength]}", $"-p:ContainerArchiveOutputPath={archive}",
        .. baseImage is null ? Array.Empty<string>() : [$"-p:ContainerBaseImage={baseImage}"],
    ];
}
