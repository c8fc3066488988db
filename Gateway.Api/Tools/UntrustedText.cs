using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Api.Tools;

/// <summary>
/// Text from outside, made fit to be read by a model as data: no marks by which a chat template tells roles and tools apart, no characters that nobody sees.
/// </summary>
internal static partial class UntrustedText
{
    private const string Cut = "\n[The rest was left out: it is too long.]";

    /// <param name="text">The text.</param>
    /// <param name="maxBytes">In UTF-8; what goes beyond it is cut off, and said to be.</param>
    public static string Clean(string text, int maxBytes)
    {
        // Whatever cleaning adds is less than is cut here to begin with.
        var part = text.Length > maxBytes ? text[..maxBytes] : text;
        var clean = Marks().Replace(Unseen().Replace(part, ""), "$0 ");
        if (text.Length <= maxBytes && Encoding.UTF8.GetByteCount(clean) <= maxBytes)
        {
            return clean;
        }

        var kept = new StringBuilder();
        var bytes = Encoding.UTF8.GetByteCount(Cut);
        foreach (var rune in clean.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.Append(Cut).ToString();
    }

    // The beginnings of <|im_start|>, <|eot_id|>, <｜User｜>, <s>, <start_of_turn>, <tool_call>, <<SYS>>, [INST] and their like. A space behind each undoes it.
    [GeneratedRegex(
        """<(?=/?\s*(?:[|｜]|s>|bos>|eos>|unk>|pad>|start_of|end_of|tool_|tools>|function|invoke|think|im_|<SYS|</SYS|SYS>|system|assistant|user>|human|product-data))|\[(?=/?(?:INST|AVAILABLE_TOOLS|TOOL_|SYSTEM_PROMPT))|[|｜](?=>)""",
        RegexOptions.IgnoreCase)]
    private static partial Regex Marks();

    // Controls but line breaks and tabs; what is invisible, or turns the direction of writing; the tag characters, which spell in secret (U+E0000 to U+E007F); halves of pairs.
    [GeneratedRegex("""[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|\uDB40[\uDC00-\uDC7F]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]""")]
    private static partial Regex Unseen();
}
