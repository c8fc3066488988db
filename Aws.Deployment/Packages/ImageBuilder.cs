namespace Aws.Deployment.Packages;

/// <summary>Makes the images that containers run, as archives that <c>docker load</c> and registries take.</summary>
internal static class ImageBuilder
{
    private const int TagLength = 16;

    /// <param name="services">What they are made of.</param>
    /// <param name="packages">Each image has the name of one, and the beginning of its hash as its tag.</param>
    /// <param name="output">The folder that gets an archive for each.</param>
    /// <param name="baseImage">What it is built on; null for Microsoft's image of ASP.NET Core.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The archives.</returns>
    /// <exception cref="PackageException">One cannot be built; most often since the registry of the base image is not reached.</exception>
    public static async Task<IReadOnlyList<string>> BuildAsync(PublishedServices services, IEnumerable<Package> packages, string output, string? baseImage, CancellationToken cancellationToken)
    {
        var archives = new List<string>();
        foreach (var package in packages)
        {
            var archive = Path.Combine(output, $"{package.Name}.tar");
            string[] properties = [$"ContainerRepository={package.Name}", $"ContainerImageTag={TagOf(package)}", $"ContainerArchiveOutputPath={archive}", .. BaseImage(baseImage)];
            await services.MakeImageAsync(Service.All.First(service => service.Name == package.Name), properties, new Dictionary<string, string>(), cancellationToken);
            archives.Add(archive);
        }

        return archives;
    }

    public static string TagOf(Package package) => package.Sha256[..TagLength];

    private static string[] BaseImage(string? name) => name is null ? [] : [$"ContainerBaseImage={name}"];
}
