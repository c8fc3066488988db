using System.Security.Cryptography;

namespace Aws.Deployment.Packages;

/// <summary>Makes the packages that Lambda runs.</summary>
internal static class PackageBuilder
{
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
            // The script is Lambda's alone: an image is made of the same folder.
            var path = Path.Combine(output, $"{service.Name}.zip");
            ReproducibleZip.Create(path, published.FolderOf(service), HandlerScript.FileName, HandlerScript.For(service.Project));
            await using var zip = File.OpenRead(path);
            packages.Add(new Package(service.Name, path, zip.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(zip, cancellationToken))));
        }

        return packages;
    }
}
