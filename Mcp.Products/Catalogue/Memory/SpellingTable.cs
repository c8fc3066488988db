using System.Buffers;
using System.Runtime.InteropServices;
using Mcp.Products.Catalogue.Text;

namespace Mcp.Products.Catalogue.Memory;

/// <summary>Finds the terms that a misspelt word may stand for, by the groups of three letters that they share.</summary>
internal sealed class SpellingTable
{
    private const char Edge = '\0';
    private const int MostFound = 64;

    private readonly IReadOnlyList<string> _words;
    private readonly Func<int, int> _frequency;
    private readonly Dictionary<ulong, int> _groups = [];
    private readonly int[] _starts;
    private readonly int[] _terms;

    /// <param name="words">The terms.</param>
    /// <param name="frequency">How many products have a term.</param>
    public SpellingTable(IReadOnlyList<string> words, Func<int, int> frequency)
    {
        _words = words;
        _frequency = frequency;
        var counts = new List<int>();
        foreach (var word in words)
        {
            for (var i = 0; i <= word.Length; i++)
            {
                ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, GroupAt(word, i), out var known);
                if (!known)
                {
                    group = counts.Count;
                    counts.Add(0);
                }

                counts[group]++;
            }
        }

        _starts = new int[counts.Count + 1];
        for (var i = 0; i < counts.Count; i++)
        {
            _starts[i + 1] = _starts[i] + counts[i];
        }

        var next = _starts[..^1];
        _terms = new int[_starts[^1]];
        for (var term = 0; term < words.Count; term++)
        {
            for (var i = 0; i <= words[term].Length; i++)
            {
                _terms[next[_groups[GroupAt(words[term], i)]]++] = term;
            }
        }
    }

    /// <summary>The terms within the tolerance, the fewest errors and the commonest first, without the word itself.</summary>
    public IReadOnlyList<(int Term, int Distance)> Near(string word)
    {
        var tolerance = Spelling.Tolerance(word.Length);
        if (tolerance == 0)
        {
            return [];
        }

        var shared = ArrayPool<byte>.Shared.Rent(_words.Count);
        var touched = new List<int>();
        shared.AsSpan(0, _words.Count).Clear();
        for (var i = 0; i <= word.Length; i++)
        {
            if (_groups.TryGetValue(GroupAt(word, i), out var group))
            {
                foreach (var term in _terms.AsSpan(_starts[group], _starts[group + 1] - _starts[group]))
                {
                    if (shared[term]++ == 0)
                    {
                        touched.Add(term);
                    }
                }
            }
        }

        // An error spoils three groups, a swap four; of the shortest words a single one has to do.
        var least = Math.Max(1, word.Length - (3 * tolerance));
        var near = new List<(int Term, int Distance)>();
        foreach (var term in touched)
        {
            if (shared[term] >= least && Spelling.Distance(word, _words[term], tolerance) is var distance && distance > 0 && distance <= tolerance)
            {
                near.Add((term, distance));
            }
        }

        ArrayPool<byte>.Shared.Return(shared);
        near.Sort((one, other) => one.Distance != other.Distance ? one.Distance.CompareTo(other.Distance) : _frequency(other.Term).CompareTo(_frequency(one.Term)));
        return near.Count > MostFound ? near[..MostFound] : near;
    }

    // The edges count: groups begin two letters before the word.
    private static ulong GroupAt(string word, int position) => (ulong)At(word, position - 2) << 32 | (ulong)At(word, position - 1) << 16 | At(word, position);

    private static char At(string word, int position) => position >= 0 && position < word.Length ? word[position] : Edge;
}
