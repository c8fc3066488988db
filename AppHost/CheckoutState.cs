using System.Security.Cryptography;
using System.Text;

namespace AppHost;

/// <summary>Where a checkout's state lies where nothing else is configured; also compiled into the services' own commands, which have to find it.</summary>
internal static class CheckoutState
{
    /// <summary><c>ai-gateway/&lt;hash of the checkout's path&gt;</c> below the user's local application data, so that two checkouts do not share state.</summary>
    public static string PathOf(string checkout)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(checkout).TrimEnd(Path.DirectorySeparatorChar))))[..12];
        return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "ai-gateway", hash);
    }
}
