using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Local.Model.Schemas;

/// <summary>The formats of strings: what fits each, and an example where the prompt offers none.</summary>
internal static partial class TextFormats
{
    public static bool Fits(string text, string? format) => format switch
    {
        "email" or "idn-email" => Email().IsMatch(text),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => DateTime().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "time" => Time().IsMatch(text),
        "duration" => Duration().IsMatch(text),
        "uuid" or "guid" => Guid.TryParseExact(text, "D", out _),
        "uri" or "url" => Uri.TryCreate(text, UriKind.Absolute, out _) && text.Contains(':', StringComparison.Ordinal),
        "hostname" => Uri.CheckHostName(text) is UriHostNameType.Dns,
        "ipv4" => IPAddress.TryParse(text, out var four) && four.AddressFamily is AddressFamily.InterNetwork && text.Count(c => c == '.') == 3,
        "ipv6" => IPAddress.TryParse(text, out var six) && six.AddressFamily is AddressFamily.InterNetworkV6,
        _ => true,
    };

    public static string? Example(string? format) => format switch
    {
        "email" or "idn-email" => "someone@example.com",
        "date" => "2026-01-15",
        "date-time" => "2026-01-15T12:00:00Z",
        "time" => "12:00:00Z",
        "duration" => "PT1H",
        "uuid" or "guid" => "00000000-0000-4000-8000-000000000000",
        "uri" or "url" or "uri-reference" or "iri" => "https://example.com/",
        "hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "c2ltdWxhdGVk",
        _ => null,
    };

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    private static partial Regex Email();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$")]
    private static partial Regex DateTime();

    [GeneratedRegex(@"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)?$")]
    private static partial Regex Time();

    [GeneratedRegex(@"^P(?=.)(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?)$")]
    private static partial Regex Duration();
}
