using System.Security.Cryptography;

namespace Aws.Deployment.Packages;

/// <summary>Makes the packages that Lambda runs.</summary>
internal static class PackageBuilder
{
    private static readonly HashSet<string> Executables = [HandlerScript.FileName];

    /// <param name="services">Those to package.</param>
    /// <param name="output">The folder that gets a zip for each, named after it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="PackageException">One cannot be published.</exception>
    public static async Task<IReadOnlyList<Package>> BuildAsync(IEnumerable<Service> services, string output, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(output);
        var work = Directory.CreateTempSubdirectory("gateway-packages-");
        try
        {
            var packages = new List<Package>();
            foreach (var service in services)
            {
                // One after the other: they share projects, and those their compiler's output.
                var folder = Path.Combine(work.FullName, service.Name);
                await DotnetTool.RunAsync(PublishedFolder.Arguments(service.Project, Path.Combine(work.FullName, "build"), folder), cancellationToken);
                await File.WriteAllTextAsync(Path.Combine(folder, HandlerScript.FileName), HandlerScript.For(service.Project), cancellationToken);
                packages.Add(await ZipAsync(service.Name, folder, Path.Combine(output, $"{service.Name}.zip"), cancellationToken));
            }

            return packages;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static async Task<Package> ZipAsync(string name, string folder, string path, CancellationToken cancellationToken)
    {
        ReproducibleZip.Create(path, folder, Executables);
        await using var zip = File.OpenRead(path);
        return new Package(name, path, zip.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(zip, cancellationToken)));
    }
}
