using System.Globalization;

namespace Gateway.Api.Feedback;

/// <summary>What is remembered of a request: the variant that it fell into and the score that it got, where there are such. As a text: <c>experiment/variant|0.5</c>.</summary>
internal readonly record struct RememberedRequest(string? Variant, double? Score)
{
    private const char Separator = '|';

    public static RememberedRequest Parse(string text)
    {
        var end = text.IndexOf(Separator, StringComparison.Ordinal);
        return new RememberedRequest(
            end > 0 ? text[..end] : null,
            double.TryParse(text.AsSpan(end + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var score) ? score : null);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Variant}{Separator}{Score}");
}
