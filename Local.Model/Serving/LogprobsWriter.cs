using System.Buffers;
using System.Text;
using System.Text.Json;
using Local.Model.Tokens;

namespace Local.Model.Serving;

/// <summary>
/// Makes up probabilities: the token that was chosen has more than half, the alternatives share what is left by halves,
/// so that they are in order and never sum to more than one. The same token in the same place always gets the same.
/// </summary>
internal static class LogprobsWriter
{
    private static readonly string[] Alternatives =
    [
        " the", " a", " and", " of", " to", " in", " is", " it", " for", " on", " with", " as",
        " that", " this", " are", " an", " be", " at", " by", " or", " not",
    ];

    // { "content": [ { "token", "logprob", "bytes", "top_logprobs": [ { "token", "logprob", "bytes" } ] } ], "refusal": null }
    public static void WriteChat(Utf8JsonWriter json, TokenSequence tokens, int from, int to, int top)
    {
        json.WriteStartObject("logprobs");
        json.WriteStartArray("content");
        for (var index = from; index < to; index++)
        {
            json.WriteStartObject();
            WriteToken(json, tokens[index], Logprob(tokens, index));
            json.WriteStartArray("top_logprobs");
            for (var rank = 0; rank < top; rank++)
            {
                json.WriteStartObject();
                WriteToken(json, Alternative(tokens, index, rank), AlternativeLogprob(tokens, index, rank));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNull("refusal");
        json.WriteEndObject();
    }

    // { "text_offset": [], "token_logprobs": [], "tokens": [], "top_logprobs": [ { "token": logprob } ] }
    public static void WriteText(Utf8JsonWriter json, IReadOnlyList<TokenRange> ranges, int top)
    {
        json.WriteStartObject("logprobs");
        json.WriteStartArray("text_offset");
        ForEach(ranges, (tokens, index, offset) => json.WriteNumberValue(offset));
        json.WriteEndArray();
        json.WriteStartArray("token_logprobs");
        ForEach(ranges, (tokens, index, offset) =>
        {
            if (offset == 0 && ranges[0].IsPrompt)
            {
                json.WriteNullValue(); // Nothing precedes the first token of a prompt, so it has no probability.
            }
            else
            {
                json.WriteNumberValue(Logprob(tokens, index));
            }
        });
        json.WriteEndArray();
        json.WriteStartArray("tokens");
        ForEach(ranges, (tokens, index, offset) => json.WriteStringValue(tokens[index]));
        json.WriteEndArray();
        json.WriteStartArray("top_logprobs");
        ForEach(ranges, (tokens, index, offset) => WriteTop(json, tokens, index, top, isFirst: offset == 0 && ranges[0].IsPrompt));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTop(Utf8JsonWriter json, TokenSequence tokens, int index, int top, bool isFirst)
    {
        if (isFirst)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        for (var rank = 0; rank < Math.Max(1, top); rank++)
        {
            json.WriteNumber(Alternative(tokens, index, rank), AlternativeLogprob(tokens, index, rank));
        }

        json.WriteEndObject();
    }

    private static void ForEach(IReadOnlyList<TokenRange> ranges, Action<TokenSequence, int, int> act)
    {
        foreach (var range in ranges)
        {
            for (var index = range.From; index < range.To; index++)
            {
                act(range.Tokens, index, range.Offset + range.Tokens.StartOf(index));
            }
        }
    }

    private static void WriteToken(Utf8JsonWriter json, ReadOnlySpan<char> token, double logprob)
    {
        json.WriteString("token", token);
        json.WriteNumber("logprob", logprob);
        json.WriteStartArray("bytes");
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(token.Length));
        foreach (var value in bytes.AsSpan(0, Encoding.UTF8.GetBytes(token, bytes)))
        {
            json.WriteNumberValue(value);
        }

        ArrayPool<byte>.Shared.Return(bytes);
        json.WriteEndArray();
    }

    private static double Probability(TokenSequence tokens, int index) => 0.55 + 0.44 * StableHash.Fraction(tokens[index], index);

    private static double Logprob(TokenSequence tokens, int index) => Math.Round(Math.Log(Probability(tokens, index)), 6);

    private static double AlternativeLogprob(TokenSequence tokens, int index, int rank) => rank == 0
        ? Logprob(tokens, index)
        : Math.Round(Math.Log((1 - Probability(tokens, index)) / Math.Pow(2, rank)), 6);

    private static ReadOnlySpan<char> Alternative(TokenSequence tokens, int index, int rank)
    {
        var token = tokens[index];
        if (rank == 0)
        {
            return token;
        }

        var known = -1;
        for (var candidate = 0; candidate < Alternatives.Length; candidate++)
        {
            known = token.SequenceEqual(Alternatives[candidate]) ? candidate : known;
        }

        // One more alternative than can be asked for, so the token itself is skipped without running out.
        return Alternatives[known >= 0 && rank - 1 >= known ? rank : rank - 1];
    }
}
