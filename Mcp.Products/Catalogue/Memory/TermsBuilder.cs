using System.Runtime.InteropServices;

namespace Mcp.Products.Catalogue.Memory;

/// <summary>Numbers words as they come, and brings them into order in the end.</summary>
internal sealed class TermsBuilder
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _words = [];
    private readonly List<string> _written = [];

    public TermsBuilder() => _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    public int NumberOf(ReadOnlySpan<char> word, ReadOnlySpan<char> written)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_lookup, word, out var known);
        if (!known)
        {
            number = _words.Count;
            var text = word.ToString();
            _words.Add(text);
            _written.Add(written.SequenceEqual(word) ? text : written.ToString());
        }

        return number;
    }

    /// <summary>The terms, and for each number that was given out the one in their order.</summary>
    public (Terms Terms, int[] Order) Build()
    {
        var words = _words.ToArray();
        var sorted = new int[words.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = i;
        }

        Array.Sort(words, sorted, StringComparer.Ordinal);
        var order = new int[words.Length];
        var written = new string[words.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            order[sorted[i]] = i;
            written[i] = _written[sorted[i]];
        }

        return (new Terms(words, written), order);
    }
}
