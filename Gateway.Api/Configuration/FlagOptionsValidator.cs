using System.Globalization;
using Gateway.Api.Flags;

namespace Gateway.Api.Configuration;

/// <summary>Checks flags, of the configuration and of the admin API alike.</summary>
internal static class FlagOptionsValidator
{
    private const double MostPercent = 100;

    public static void Validate(IReadOnlyDictionary<string, FlagOptions> flags, List<string> faults)
    {
        foreach (var (name, options) in flags)
        {
            var key = $"Gateway:Flags:{name}";
            if (GatewayFlags.Find(name) is null)
            {
                faults.Add($"{key} is no flag of this gateway; allowed: {GatewayFlags.Names}.");
            }

            faults.AddRange(FaultsOf(options).Select(fault => $"{key}:{fault.Field} {fault.Reason}"));
        }
    }

    public static IEnumerable<(string Field, string Reason)> FaultsOf(FlagOptions options)
    {
        if (options.Percentage is not (null or (>= 0 and <= MostPercent)))
        {
            yield return (nameof(options.Percentage), string.Create(CultureInfo.InvariantCulture, $"is {options.Percentage}; allowed: 0 to {MostPercent}."));
        }

        if (options.Tenants.Any(string.IsNullOrWhiteSpace))
        {
            yield return (nameof(options.Tenants), "holds an empty name.");
        }

        if (options.Users.Any(string.IsNullOrWhiteSpace))
        {
            yield return (nameof(options.Users), "holds an empty name.");
        }

        if (options.From >= options.Until)
        {
            yield return (nameof(options.Until), $"is {options.Until:u}; it must be later than the beginning, {options.From:u}.");
        }
    }
}
