namespace Aws.Deployment.Packages;

/// <summary>The checkout that this program was built in: what it packages is beside it.</summary>
internal static class Checkout
{
    private const string Solution = "Aspire.sln";

    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, Solution)))
        {
            folder = folder.Parent ?? throw new PackageException($"No folder above {AppContext.BaseDirectory} holds {Solution}: run the tool from a checkout.");
        }

        return folder.FullName;
    }
}
