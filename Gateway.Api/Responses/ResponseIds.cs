using System.Buffers;
using System.Diagnostics;
using System.Globalization;

namespace Gateway.Api.Responses;

/// <summary>
/// Ids of responses and of their items. An item's id holds that of its response, <c>resp_5f3c…</c> → <c>msg_5f3c…02</c>, so that an
/// item is found without an index.
/// </summary>
internal static class ResponseIds
{
    private const string Prefix = "resp_";
    private const int Digits = 32;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    public static string New() => $"{Prefix}{ActivityTraceId.CreateRandom().ToHexString()}";

    /// <param name="responseId">The response whose output it is part of.</param>
    /// <param name="prefix"><c>msg</c>, <c>fc</c> or <c>rs</c>.</param>
    /// <param name="index">Its place in the output.</param>
    public static string OfOutput(string responseId, string prefix, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}_{responseId.AsSpan(Prefix.Length)}{index:x2}");

    /// <summary>The id of an input item that came without one.</summary>
    public static string OfInput(string responseId, string prefix, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}_{responseId.AsSpan(Prefix.Length)}in{index:x2}");

    /// <summary>The response that made an item; null for an id that is none of this gateway's.</summary>
    public static string? ResponseOf(string itemId)
    {
        var digits = itemId.AsSpan(itemId.IndexOf('_', StringComparison.Ordinal) + 1);
        return digits.Length > Digits && !digits[..Digits].ContainsAnyExcept(Hexadecimal) ? $"{Prefix}{digits[..Digits]}" : null;
    }
}
