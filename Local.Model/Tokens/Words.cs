using System.Collections.Frozen;

namespace Local.Model.Tokens;

/// <summary>Words of a text, as far as a simulation needs to understand them.</summary>
internal static class Words
{
    private static readonly FrozenSet<string> Stop = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ("a an the and or but if then else of to in on at by for from with without into onto over under about as is are was were be been being am do does did doing " +
         "have has had having i me my mine you your yours he him his she her hers it its we us our ours they them their what which who whom whose when where why how " +
         "this that these those there here can could will would shall should may might must not no nor so too very just only also both each any all some such than " +
         "please tell show give get let want need like know say make made find list use using used return returns given whether more most less least up down out off " +
         "s t ll re ve d m don one two hi hello hey thanks thank ok yes now current currently today value values string number name object parameter").Split(' '));

    public static IEnumerable<string> In(string text)
    {
        var start = -1;
        for (var index = 0; index <= text.Length; index++)
        {
            var isInside = index < text.Length && char.IsLetterOrDigit(text[index]);
            if (isInside && start < 0)
            {
                start = index;
            }
            else if (!isInside && start >= 0)
            {
                yield return text[start..index];
                start = -1;
            }
        }
    }

    public static bool IsStop(string word) => Stop.Contains(word);

    /// <summary>The words that carry the meaning, each once, in their order.</summary>
    public static IEnumerable<string> Salient(string text) => In(text).Where(word => !IsStop(word)).DistinctBy(Stem);

    /// <summary>A word without the commonest endings, in lower case.</summary>
    public static string Stem(string word)
    {
        var lower = word.ToLowerInvariant();
        return lower.Length switch
        {
            > 5 when lower.EndsWith("ing", StringComparison.Ordinal) => lower[..^3],
            > 4 when lower.EndsWith("ies", StringComparison.Ordinal) => $"{lower[..^3]}y",
            > 4 when lower.EndsWith("ed", StringComparison.Ordinal) => lower[..^2],
            > 4 when lower.EndsWith("es", StringComparison.Ordinal) && lower[^3] is 's' or 'x' or 'h' => lower[..^2],
            > 3 when lower.EndsWith('s') && lower[^2] != 's' => lower[..^1],
            _ => lower,
        };
    }
}
