namespace ServiceDefaults.Redaction;

/// <summary>Tells whether there is nothing to mask in a text, and remembers some of those where there was not: most texts of spans are the same few names, and looking costs more than the span.</summary>
internal sealed class CleanTexts
{
    private const int Places = 1024;
    private const int LongestKept = 256;

    // One place for each hash, taken over by whichever text came last. Texts do not change, so threads may race for one.
    private readonly string?[] _texts = new string?[Places];

    public bool Contains(string text)
    {
        ref var place = ref _texts[(uint)text.GetHashCode(StringComparison.Ordinal) % Places];
        if (string.Equals(place, text, StringComparison.Ordinal))
        {
            return true;
        }

        if (!Redactor.IsClean(text))
        {
            return false;
        }

        if (text.Length <= LongestKept)
        {
            place = text;
        }

        return true;
    }
}
