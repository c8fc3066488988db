namespace Aws.Deployment.Packages;

/// <summary>The files of the demo page, which Node.js builds where they are older than their sources.</summary>
internal static class DemoPage
{
    private static readonly string Project = Path.Combine(Checkout.Root, "Demo.Web", "Demo.Web.csproj");
    private static readonly string Built = Path.Combine(Checkout.Root, "Demo.Web", "Client", "dist");

    /// <returns>The folder that they are in.</returns>
    /// <exception cref="PackageException">They cannot be built.</exception>
    public static async Task<string> BuildAsync(CancellationToken cancellationToken)
    {
        // To build the rest of the project, the page is not needed; here it is.
        await DotnetTool.RunAsync(["msbuild", Project, "-target:BuildClient", "-warnAsError:DEMO001", "-nodeReuse:false", "-verbosity:quiet", "-nologo"], cancellationToken);
        return File.Exists(Path.Combine(Built, "index.html")) ? Built : throw new PackageException($"The demo page is not in {Built} after it was built: type 'npm ci && npm run build' in {Path.GetDirectoryName(Built)} to see why.");
    }
}
