namespace Aws.Deployment.Packages;

/// <summary>
/// Services as they were published: for arm64, without a runtime of their own, and the same to the byte for the same source. Packages and
/// images are made of them.
/// </summary>
/// <param name="folder">Where they are: away from what the checkout's own builds leave, which may be in use.</param>
internal sealed class PublishedServices(string folder)
{
    private const string Runtime = "linux-arm64";

    private static readonly string Projects = Path.Combine(AppContext.BaseDirectory, "Packages", "services.proj");
    private static readonly string OneThread = Path.Combine(AppContext.BaseDirectory, "Packages", "compiler.rsp");

    public string Folder => folder;

    /// <summary>What besides their sources decides what services become.</summary>
    public static IReadOnlyList<string> Recipe => [.. PropertiesOf(""), File.ReadAllText(Projects), File.ReadAllText(OneThread)];

    /// <exception cref="PackageException">One cannot be built.</exception>
    public Task BuildAsync(IEnumerable<Service> services, CancellationToken cancellationToken) => DotnetTool.RunAsync(
        ["msbuild", Projects, "-restore", "-target:Publish", "-maxCpuCount", .. Quiet, $"-p:Services=\"{string.Join(';', services.Select(ProjectOf))}\"", .. PropertiesOf(folder)], cancellationToken);

    /// <summary>Where the files of one that was built are.</summary>
    public string FolderOf(Service service) => Path.Combine(PublishedBelow(folder), service.Project, $"release_{Runtime}");

    /// <summary>Makes the image of one that was built; .NET's SDK does it without a container engine.</summary>
    /// <param name="properties">What it is called and where it goes (https://learn.microsoft.com/dotnet/core/containers/publish-configuration).</param>
    /// <param name="variables">What is set beside this process's own environment.</param>
    /// <exception cref="PackageException">It cannot be made; most often since the registry of the base image is not reached.</exception>
    public Task MakeImageAsync(Service service, IEnumerable<string> properties, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken) => DotnetTool.RunAsync(
        ["msbuild", ProjectOf(service), "-target:PublishContainer", "-p:NoBuild=true", .. Quiet, .. properties.Select(property => $"-p:{property}"), .. PropertiesOf(folder)], cancellationToken, variables);

    public void Delete()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Where the files of all that were built are.</summary>
    public static string PublishedBelow(string folder) => Path.Combine(folder, "publish");

    private static IReadOnlyList<string> PropertiesOf(string folder) =>
    [
        "-p:Configuration=Release", $"-p:RuntimeIdentifier={Runtime}", "-p:_CommandLineDefinedRuntimeIdentifier=true", "-p:SelfContained=false", "-p:_CommandLineDefinedSelfContained=true",
        "-p:_IsPublishing=true", $"-p:ArtifactsPath={folder}",

        // The same intermediate language runs everywhere: nothing but the launcher, which is left out, would be of one processor.
        "-p:UseAppHost=false", "-p:PlatformTarget=AnyCPU",

        // Neither where it was built nor from which commit is in it: a commit that changes no code changes no function.
        $"-p:PathMap={folder}{Path.DirectorySeparatorChar}=/_build/%2C{Checkout.Root}{Path.DirectorySeparatorChar}=/_/", "-p:Deterministic=true", "-p:IncludeSourceRevisionInInformationalVersion=false",

        // Threads of the compiler number what they make up, such as types of lambdas, in the order in which they meet it: one thread makes the same each time.
        $"-p:CompilerResponseFile={OneThread}",

        // Symbols tell of files by where they were generated, mapped or not, and an assembly bears the hash of its symbols.
        "-p:DebugType=none",

        // What only developers look at stays at home.
        "-p:PublishDocumentationFiles=false", "-p:PublishReferencesDocumentationFiles=false", "-p:SatelliteResourceLanguages=en", "-p:RunAnalyzers=false",
    ];

    // Nodes that were kept for a next time would outlive the command.
    private static string[] Quiet => ["-nodeReuse:false", "-verbosity:quiet", "-nologo"];

    private static string ProjectOf(Service service) => Path.Combine(Checkout.Root, service.Project, $"{service.Project}.csproj");
}
