using System.Security.Cryptography;

namespace Aws.Deployment.Packages;

/// <summary>Makes the packages that Lambda runs.</summary>
internal static class PackageBuilder
{
    private static readonly HashSet<string> Executables = [HandlerScript.FileName];

    /// <param name="published">What they are made of.</param>
    /// <param name="services">Those to package, which were built.</param>
    /// <param name="output">The folder that gets a zip for each, named after it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<IReadOnlyList<Package>> BuildAsync(PublishedServices published, IEnumerable<Service> services, string output, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(output);
        var packages = new List<Package>();
        foreach (var service in services)
        {
            // Lambda's alone: an image is made of the same folder.
            var script = Path.Combine(published.FolderOf(service), HandlerScript.FileName);
            await File.WriteAllTextAsync(script, HandlerScript.For(service.Project), cancellationToken);
            packages.Add(await ZipAsync(service.Name, published.FolderOf(service), Path.Combine(output, $"{service.Name}.zip"), cancellationToken));
            File.Delete(script);
        }

        return packages;
    }

    private static async Task<Package> ZipAsync(string name, string folder, string path, CancellationToken cancellationToken)
    {
        ReproducibleZip.Create(path, folder, Executables);
        await using var zip = File.OpenRead(path);
        return new Package(name, path, zip.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(zip, cancellationToken)));
    }
}
