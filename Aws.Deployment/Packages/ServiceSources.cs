using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Aws.Deployment.Packages;

/// <summary>
/// What services are made of: the files of their projects, of those that they refer to and what these include from elsewhere, the settings of all
/// projects, the SDK and how it is called. As long as the hash of it stays the same, so do packages, to the byte.
/// </summary>
/// <param name="root">The checkout.</param>
/// <param name="projects">The services' projects, each in a folder of its name.</param>
internal sealed class ServiceSources(string root, IEnumerable<string> projects)
{
    // What builds and editors leave.
    private static readonly HashSet<string> Left = new(StringComparer.OrdinalIgnoreCase) { "bin", "obj", "node_modules", "TestResults", ".vs", ".vscode", ".idea" };

    // docs/adr/0002-package-feed.md; as a variable of the environment it is a property of each build.
    private const string FeedVariable = "PackageFeed";

    /// <exception cref="PackageException">There is no SDK.</exception>
    public async Task<string> HashAsync(CancellationToken cancellationToken)
    {
        var sdk = await DotnetTool.RunAsync(["--version"], cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var fact in PublishedServices.Recipe.Append(sdk).Append(Environment.GetEnvironmentVariable(FeedVariable)))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{fact}\n"));
        }

        hash.AppendData(Encoding.UTF8.GetBytes(HashOf(root, Files())));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The files, in order.</summary>
    public IReadOnlyCollection<string> Files()
    {
        var files = new SortedSet<string>(Directory.EnumerateFiles(root), StringComparer.Ordinal);
        var known = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>(projects.Select(project => Path.Combine(root, project, $"{project}.csproj")));
        while (next.TryPop(out var project))
        {
            if (!known.Add(project) || !File.Exists(project))
            {
                continue;
            }

            files.UnionWith(Below(Path.GetDirectoryName(project)!));
            foreach (var item in XDocument.Load(project).Descendants())
            {
                Follow(item, project, files, next);
            }
        }

        return files;
    }

    /// <summary>Of names and contents.</summary>
    public static string HashOf(string folder, IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetRelativePath(folder, file)}\n"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // <ProjectReference Include="../ServiceDefaults/ServiceDefaults.csproj" />, <FeedPackage Include="StackExchange.Redis" />,
    // <Compile Include="../AppHost/CheckoutState.cs" />, <EmbeddedResource Include="../schemas/*.json;../one.txt" />, <Import Project="../x.props" />
    private void Follow(XElement item, string project, SortedSet<string> files, Stack<string> next)
    {
        foreach (var include in item.Attributes().Where(attribute => attribute.Name.LocalName is "Include" or "Project").SelectMany(attribute => attribute.Value.Split(';', StringSplitOptions.TrimEntries)))
        {
            var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, include.Replace('\\', '/')));
            switch (item.Name.LocalName)
            {
                case "FeedPackage":
                    next.Push(Path.Combine(root, "compat", include, $"{include}.csproj"));
                    break;
                case "ProjectReference":
                    next.Push(path);
                    break;
                case var _ when include.Contains('*', StringComparison.Ordinal):
                    files.UnionWith(Below(Path.GetDirectoryName(path[..path.IndexOf('*', StringComparison.Ordinal)])!));
                    break;
                case var _ when File.Exists(path):
                    files.Add(path);
                    break;
            }
        }
    }

    private static IEnumerable<string> Below(string folder) => !Directory.Exists(folder) ? [] :
        Directory.EnumerateFiles(folder).Concat(Directory.EnumerateDirectories(folder).Where(below => !Left.Contains(Path.GetFileName(below))).SelectMany(Below));
}
