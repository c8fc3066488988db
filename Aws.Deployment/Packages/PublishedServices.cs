namespace Aws.Deployment.Packages;

/// <summary>
/// Services as they were published: for arm64, without a runtime of their own, and the same to the byte for the same source. Packages and
/// images are made of them. They are in a folder that goes when this does.
/// </summary>
internal sealed class PublishedServices : IDisposable
{
    private const string Runtime = "linux-arm64";

    private static readonly string Projects = Path.Combine(AppContext.BaseDirectory, "Packages", "services.proj");
    private static readonly string OneThread = Path.Combine(AppContext.BaseDirectory, "Packages", "compiler.rsp");

    // Away from the checkout's own, which may be in use.
    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("gateway-services-");

    private IReadOnlyList<string> Properties =>
    [
        "-p:Configuration=Release", $"-p:RuntimeIdentifier={Runtime}", "-p:_CommandLineDefinedRuntimeIdentifier=true", "-p:SelfContained=false", "-p:_CommandLineDefinedSelfContained=true",
        "-p:_IsPublishing=true", $"-p:ArtifactsPath={_work.FullName}",

        // The same intermediate language runs everywhere: nothing but the launcher, which is left out, would be of one processor.
        "-p:UseAppHost=false", "-p:PlatformTarget=AnyCPU",

        // Neither where it was built nor from which commit is in it: a commit that changes no code changes no function.
        $"-p:PathMap={Checkout.Root}{Path.DirectorySeparatorChar}=/_/%2C{_work.FullName}{Path.DirectorySeparatorChar}=/_build/", "-p:Deterministic=true", "-p:IncludeSourceRevisionInInformationalVersion=false",

        // Threads of the compiler number what they make up, such as types of lambdas, in the order in which they meet it: one thread makes the same each time.
        $"-p:CompilerResponseFile={OneThread}",

        // Symbols tell of files by where they were generated, mapped or not, and an assembly bears the hash of its symbols.
        "-p:DebugType=none",

        // What only developers look at stays at home.
        "-p:PublishDocumentationFiles=false", "-p:PublishReferencesDocumentationFiles=false", "-p:SatelliteResourceLanguages=en", "-p:RunAnalyzers=false",
    ];

    /// <exception cref="PackageException">One cannot be built.</exception>
    public Task BuildAsync(IEnumerable<Service> services, CancellationToken cancellationToken) => DotnetTool.RunAsync(
        ["msbuild", Projects, "-restore", "-target:Publish", "-maxCpuCount", .. Quiet, $"-p:Services=\"{string.Join(';', services.Select(ProjectOf))}\"", .. Properties], cancellationToken);

    /// <summary>Where the files of one that was built are.</summary>
    public string FolderOf(Service service) => Path.Combine(_work.FullName, "publish", service.Project, $"release_{Runtime}");

    /// <summary>Makes the image of one that was built; .NET's SDK does it without a container engine.</summary>
    /// <param name="properties">What it is called and where it goes (https://learn.microsoft.com/dotnet/core/containers/publish-configuration).</param>
    /// <param name="variables">What is set beside this process's own environment.</param>
    /// <exception cref="PackageException">It cannot be made; most often since the registry of the base image is not reached.</exception>
    public Task MakeImageAsync(Service service, IEnumerable<string> properties, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken) => DotnetTool.RunAsync(
        ["msbuild", ProjectOf(service), "-target:PublishContainer", "-p:NoBuild=true", .. Quiet, .. properties.Select(property => $"-p:{property}"), .. Properties], cancellationToken, variables);

    public void Dispose() => _work.Delete(recursive: true);

    // Nodes that were kept for a next time would outlive the command.
    private static string[] Quiet => ["-nodeReuse:false", "-verbosity:quiet", "-nologo"];

    private static string ProjectOf(Service service) => Path.Combine(Checkout.Root, service.Project, $"{service.Project}.csproj");
}
