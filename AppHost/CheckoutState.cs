using System.Security.Cryptography;
using System.Text;

namespace AppHost;

/// <summary>Where a checkout's state lies where nothing else is configured; also compiled into the services' own commands, which have to find it.</summary>
internal static class CheckoutState
{
    private const string Solution = "Aspire.sln";

    /// <summary>Where the checkout that this program was built in keeps a resource's state; beside the program where it was installed without its sources.</summary>
    public static string PathOfResource(string resource)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return Path.Combine(PathOf(folder.FullName), resource);
            }
        }

        return Path.Combine(AppContext.BaseDirectory, "data");
    }

    /// <summary><c>ai-gateway/&lt;hash of the checkout's path&gt;</c> below the user's local application data, so that two checkouts do not share state.</summary>
    public static string PathOf(string checkout)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(checkout).TrimEnd(Path.DirectorySeparatorChar))))[..12];
        return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "ai-gateway", hash);
    }
}
