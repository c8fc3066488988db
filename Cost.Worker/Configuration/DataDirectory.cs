using AppHost;

namespace Cost.Worker.Configuration;

/// <summary>
/// Where the worker keeps what must outlive it: <c>Data:Directory</c>, else where the AppHost of this checkout has it, so that a report typed
/// beside a running system finds its ledger.
/// </summary>
internal static class DataDirectory
{
    private const string Solution = "Aspire.sln";
    private const string Resource = "cost";

    public static string Of(IConfiguration configuration) =>
        Path.GetFullPath(configuration["Data:Directory"] is { Length: > 0 } configured ? configured : Default());

    private static string Default()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return Path.Combine(CheckoutState.PathOf(folder.FullName), Resource);
            }
        }

        // Installed without its sources.
        return Path.Combine(AppContext.BaseDirectory, "data");
    }
}
