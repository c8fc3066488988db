namespace Aws.Deployment.Packages;

/// <summary>How services are published: for arm64, without a runtime of their own, and the same to the byte for the same source.</summary>
internal static class PublishedFolder
{
    private static readonly string OneThread = Path.Combine(AppContext.BaseDirectory, "Packages", "compiler.rsp");

    /// <param name="project">The service's project.</param>
    /// <param name="build">Where the compiler's output goes: away from the checkout's own, which may be in use.</param>
    /// <param name="output">Where the published files go.</param>
    public static IReadOnlyList<string> Arguments(string project, string build, string output) =>
    [
        "publish", Path.Combine(Checkout.Root, project), "--configuration", "Release", "--runtime", "linux-arm64", "--self-contained", "false",
        "--artifacts-path", build, "--output", output, "--verbosity", "quiet", "--nologo",

        // The same intermediate language runs everywhere: nothing but the launcher, which is left out, would be of one processor.
        "-p:UseAppHost=false", "-p:PlatformTarget=AnyCPU",

        // Neither where it was built nor from which commit is in it: a commit that changes no code changes no function.
        $"-p:PathMap={Checkout.Root}{Path.DirectorySeparatorChar}=/_/%2C{build}{Path.DirectorySeparatorChar}=/_build/", "-p:Deterministic=true", "-p:IncludeSourceRevisionInInformationalVersion=false",

        // Threads of the compiler number what they make up, such as types of lambdas, in the order in which they meet it: one thread makes the same each time.
        $"-p:CompilerResponseFile={OneThread}",

        // Symbols tell of files by where they were generated, mapped or not, and an assembly bears the hash of its symbols.
        "-p:DebugType=none",

        // What only developers look at stays at home.
        "-p:PublishDocumentationFiles=false", "-p:PublishReferencesDocumentationFiles=false", "-p:SatelliteResourceLanguages=en", "-p:RunAnalyzers=false",
    ];
}
