using Local.Model.Tokens;

namespace Local.Model.Embeddings;

/// <summary>
/// Makes a unit vector from a text's words and their character trigrams, each hashed to a place and a sign, so that texts
/// which share words or parts of words lie near each other. Nothing is learned: synonyms stay strangers.
/// </summary>
internal static class FeatureHashing
{
    private const float WordWeight = 1;
    private const float StopWordWeight = 0.15f;
    private const float TrigramWeight = 0.35f;
    private const int TrigramSeed = 3;

    public static float[] Embed(string text, int dimensions)
    {
        var vector = new float[dimensions];
        var lower = text.ToLowerInvariant();
        foreach (var word in Words.In(lower))
        {
            var isStop = Words.IsStop(word);
            Add(vector, Words.Stem(word), 0, isStop ? StopWordWeight : WordWeight);
            var padded = $"_{word}_";
            for (var start = 0; start + 3 <= padded.Length && !isStop; start++)
            {
                Add(vector, padded.AsSpan(start, 3), TrigramSeed, TrigramWeight);
            }
        }

        if (!Array.Exists(vector, value => value != 0))
        {
            Add(vector, text, 0, WordWeight); // No word in it, or all cancelled out.
        }

        var length = MathF.Sqrt(vector.Sum(value => value * value));
        for (var index = 0; index < vector.Length; index++)
        {
            vector[index] /= length;
        }

        return vector;
    }

    private static void Add(float[] vector, ReadOnlySpan<char> feature, int seed, float weight)
    {
        var hash = StableHash.Of(feature, seed);
        vector[(int)(hash % (ulong)vector.Length)] += (hash >> 63) == 0 ? weight : -weight;
    }
}
