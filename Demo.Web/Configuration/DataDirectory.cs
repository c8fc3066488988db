using AppHost;

namespace Demo.Web.Configuration;

/// <summary>Where the demo key is kept: <c>Data:Directory</c>, else where the AppHost of this checkout has it.</summary>
internal static class DataDirectory
{
    private const string Resource = "web";

    public static string Of(IConfiguration configuration) =>
        Path.GetFullPath(configuration["Data:Directory"] is { Length: > 0 } configured ? configured : CheckoutState.PathOfResource(Resource));
}
