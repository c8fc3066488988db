using System.Globalization;
using System.Text;
using Local.Model.Requests;
using Local.Model.Tokens;

namespace Local.Model.Answers;

/// <summary>Applies max_tokens, min_tokens, ignore_eos and stop to a draft.</summary>
internal static class Limits
{
    private static readonly string[] Filler =
    [
        " This sentence is simulated filler.",
        " No model is running here, so the words carry no meaning.",
        " They only fill the length that was asked for.",
        " More of the same follows.",
    ];

    public static Choice Apply(Draft draft, Sampling sampling, int room, int index, ulong idSeed) => draft.Calls.Count > 0
        ? ApplyToCalls(draft.Calls, sampling.MaxTokens ?? room, index, idSeed)
        : ApplyToText(draft.Text, sampling, room, index);

    private static Choice ApplyToText(string text, Sampling sampling, int room, int index)
    {
        var most = Math.Min(sampling.MaxTokens ?? room, room);
        var least = sampling.IgnoreEos ? most : Math.Min(sampling.MinTokens, most);
        var tokens = new TokenSequence(Extend(text, least));
        var isCut = tokens.Count > most;
        var cut = tokens.Take(most);

        var from = sampling.MinTokens == 0 ? 0 : tokens.Take(sampling.MinTokens).Length;
        var (stop, at) = FirstStop(cut, sampling.Stop, from);
        return stop is not null
            ? new Choice(index, [new Segment(SegmentKind.Text, new TokenSequence(cut[..at]))], "stop", stop)
            : new Choice(index, [new Segment(SegmentKind.Text, isCut ? new TokenSequence(cut) : tokens)], isCut || sampling.IgnoreEos ? "length" : "stop");
    }

    private static (string? Stop, int At) FirstStop(string text, IReadOnlyList<string> stops, int from)
    {
        string? first = null;
        var at = int.MaxValue;
        foreach (var stop in stops)
        {
            // What ends before the minimum does not stop.
            var found = text.IndexOf(stop, Math.Clamp(from - stop.Length + 1, 0, text.Length), StringComparison.Ordinal);
            if (found >= 0 && found < at)
            {
                (first, at) = (stop, found);
            }
        }

        return (first, at);
    }

    private static string Extend(string text, int least)
    {
        var count = Tokenizer.Count(text);
        if (count >= least)
        {
            return text;
        }

        var longer = new StringBuilder(text);
        for (var sentence = 0; count < least; sentence++)
        {
            var filler = Filler[sentence % Filler.Length];
            longer.Append(filler);
            count += Tokenizer.Count(filler);
        }

        return longer.ToString();
    }

    private static Choice ApplyToCalls(IReadOnlyList<ToolCall> calls, int most, int index, ulong idSeed)
    {
        var segments = new List<Segment>();
        var left = most;
        for (var call = 0; call < calls.Count && left > 0; call++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"call_{StableHash.Of(calls[call].Arguments, (long)idSeed + index * 1009 + call):x16}");
            left -= Add(segments, SegmentKind.ToolName, calls[call].Name, int.MaxValue, id, call);
            left -= Add(segments, SegmentKind.ToolArguments, calls[call].Arguments, Math.Max(0, left), id, call);
        }

        var isWhole = segments.Count == calls.Count * 2 && segments[^1].Tokens.Text == calls[^1].Arguments;
        return new Choice(index, segments, isWhole ? "tool_calls" : "length");
    }

    private static int Add(List<Segment> segments, SegmentKind kind, string text, int most, string id, int call)
    {
        var tokens = new TokenSequence(text);
        if (tokens.Count > most)
        {
            tokens = new TokenSequence(tokens.Take(most));
        }

        segments.Add(new Segment(kind, tokens, id, call));
        return tokens.Count;
    }
}
