using AppHost;

namespace Cost.Worker.Configuration;

/// <summary>
/// Where the worker keeps what must outlive it: <c>Data:Directory</c>, else where the AppHost of this checkout has it, so that a report typed
/// beside a running system finds its ledger.
/// </summary>
internal static class DataDirectory
{
    private const string Resource = "cost";

    public static string Of(IConfiguration configuration) =>
        Path.GetFullPath(configuration["Data:Directory"] is { Length: > 0 } configured ? configured : CheckoutState.PathOfResource(Resource));
}
