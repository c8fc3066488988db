using AppHost;

namespace Mcp.Products.Configuration;

/// <summary>
/// Where the catalogue keeps what must outlive it: <c>Data:Directory</c>, else where the AppHost of this checkout has it, so that an import typed
/// beside a running system is served by it.
/// </summary>
internal static class DataDirectory
{
    private const string Resource = "products";

    public static string Of(IConfiguration configuration) =>
        Path.GetFullPath(configuration["Data:Directory"] is { Length: > 0 } configured ? configured : CheckoutState.PathOfResource(Resource));
}
