using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Api.Metering;
using ServiceDefaults.Usage;

namespace Gateway.Api.Telemetry;

/// <summary>
/// <c>error.type</c> of a request: the code that its caller was told, where that is a short word as programs have them; a provider may send anything for one.
/// Else the HTTP status (https://opentelemetry.io/docs/specs/semconv/registry/attributes/error/).
/// </summary>
internal static partial class ErrorTypes
{
    private const string Cancelled = "cancelled";

    /// <summary>Null where nothing went wrong.</summary>
    public static string? Of(Outcome outcome) => outcome.Status switch
    {
        UsageStatus.Ok or UsageStatus.Cached => null,
        UsageStatus.Cancelled => Cancelled,
        _ when outcome.Error is { } code && Word().IsMatch(code) => code,
        _ => outcome.HttpStatus.ToString(CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"^[a-z]+(_[a-z]+)*\z")]
    private static partial Regex Word();
}
