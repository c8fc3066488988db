using Microsoft.Extensions.Options;

namespace Demo.Web.Configuration;

/// <summary>Finds all faults of the section at once, each with its key and what is allowed.</summary>
internal static class DemoOptionsValidator
{
    private const int LongestName = 200;
    private const string TraceId = "{trace_id}";

    /// <exception cref="OptionsValidationException">The section is not valid.</exception>
    public static DemoOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(DemoOptions.Section).Get<DemoOptions>() ?? new DemoOptions();
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? options : throw new OptionsValidationException(DemoOptions.Section, typeof(DemoOptions), faults);
    }

    private static IEnumerable<string> Faults(DemoOptions options)
    {
        if (options.Tier.Length is 0 or > LongestName)
        {
            yield return $"Demo:Tier is '{options.Tier}'; it must be the name of one of the gateway's tiers, 1 to {LongestName} characters.";
        }

        if (options.Tenant.Length is 0 or > LongestName)
        {
            yield return $"Demo:Tenant is '{options.Tenant}'; it must be 1 to {LongestName} characters.";
        }

        if (options.TraceUrl is { } url && !IsTraceUrl(url))
        {
            yield return $"Demo:TraceUrl is '{url}'; it must be an http or https address with {TraceId} in it.";
        }
    }

    private static bool IsTraceUrl(string url) =>
        url.Contains(TraceId, StringComparison.Ordinal) && Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
