using System.Text.RegularExpressions;

namespace Gateway.Api.Configuration;

/// <summary>The key that a fault begins with: <c>Gateway:Limits:Retries is 'x'; it must be …</c>.</summary>
internal static partial class FaultKey
{
    /// <summary>Null where it names none.</summary>
    public static string? Of(string fault) => Form().Match(fault) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>That of the list, where an item of one is at fault.</summary>
    public static string? OfValue(string fault) => Of(fault) is { } key ? Item().Replace(key, "") : null;

    [GeneratedRegex(@":[0-9]+\z")]
    private static partial Regex Item();

    [GeneratedRegex(@"^(Gateway(?::.+?)?)(?=: | (?:is|must|has|holds|names)\b)")]
    private static partial Regex Form();
}
