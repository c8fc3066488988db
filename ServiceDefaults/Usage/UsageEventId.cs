using System.Buffers;
using System.Globalization;
using System.Text.Json.Serialization;

namespace ServiceDefaults.Usage;

/// <summary>Which journal an event was written to, and as which one: <c>7f3kq2zd.42</c>.</summary>
/// <param name="Journal">The journal's id, made once for each journal: 1 to 64 letters and digits.</param>
/// <param name="Sequence">1 for the journal's first event, without gaps.</param>
[JsonConverter(typeof(UsageEventIdConverter))]
public readonly record struct UsageEventId(string Journal, long Sequence)
{
    /// <summary>The most characters that an id has.</summary>
    internal const int MaxLength = MaxJournalLength + 1 + 19;

    private const int MaxJournalLength = 64;

    private static readonly SearchValues<char> JournalCharacters = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, out UsageEventId id)
    {
        id = default;
        var dot = text?.IndexOf('.') ?? -1;
        if (dot is < 1 or > MaxJournalLength
            || text.AsSpan(0, dot).ContainsAnyExcept(JournalCharacters)
            || !long.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || sequence < 1)
        {
            return false;
        }

        id = new UsageEventId(text![..dot], sequence);
        return true;
    }

    /// <summary>Writes what <see cref="ToString"/> returns; false where there is no room for it.</summary>
    internal bool TryFormat(Span<char> text, out int length) => text.TryWrite(CultureInfo.InvariantCulture, $"{Journal}.{Sequence}", out length);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Journal}.{Sequence}");
}
