using System.Text;
using System.Text.Json;

namespace Gateway.Tests.Fuzz.Generation;

/// <summary>Changes JSON and leaves it JSON: a value exchanged for one of another kind, a member doubled, renamed or gone, a name or a text written with escapes.</summary>
internal static class JsonMutation
{
    private static readonly string[] Values = ["null", "true", "false", "{}", "[]", "\"\"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"", "[null]", "[[]]", "[{}]", "{\"a\":null}", "[1,2]", "[\"a\",1]", "\"1\"", "\" \""];

    /// <summary>Null where it is no JSON, or nothing in it can be changed.</summary>
    public static byte[]? TryChange(byte[] json, FuzzRandom random)
    {
        var spots = Spots(json);
        if (spots.Count == 0)
        {
            return null;
        }

        var (name, value) = random.Pick(spots);
        var other = random.Pick(spots).Value;
        return random.Below(8) switch
        {
            0 when name is { } at => Splice(json, at.Start..at.Start, [.. json[at.Start.Value..value.End.Value], (byte)',']),
            1 when name is { } at => Splice(json, at.Start..at.Start, [.. json[at], (byte)':', .. Value(random), (byte)',']),
            2 when name is { } at => Splice(json, at, Escaped(json[at], random)),
            3 => Splice(json, value, json[other]),
            4 when json[value.Start.Value] == '"' => Splice(json, value, Escaped(json[value], random)),
            5 => Splice(json, value, Encoding.ASCII.GetBytes(random.Pick(Hostile.Numbers))),
            6 => Splice(json, value, [(byte)'[', .. json[value], (byte)',', .. json[other], (byte)']']),
            _ => Splice(json, value, Value(random)),
        };
    }

    private static byte[] Value(FuzzRandom random) => random.OneIn(30) ? Hostile.Nesting(random) : Encoding.UTF8.GetBytes(random.Pick(Values));

    // "model" is "mod\u0065l".
    private static byte[] Escaped(byte[] text, FuzzRandom random)
    {
        var at = 1 + random.Below(text.Length - 2);
        var letter = random.OneIn(6) ? "\\ud800" : text.Length > 2 && char.IsAsciiLetterOrDigit((char)text[at]) ? $"\\u{text[at]:x4}" : "";
        return letter.Length == 0 ? text : [.. text[..at], .. Encoding.ASCII.GetBytes(letter), .. text[(at + (text.Length > 2 ? 1 : 0))..]];
    }

    private static byte[] Splice(byte[] json, Range cut, byte[] put) => [.. json[..cut.Start.Value], .. put, .. json[cut.End.Value..]];

    // Every value, with the name before it where it has one.
    private static List<(Range? Name, Range Value)> Spots(byte[] json)
    {
        var spots = new List<(Range?, Range)>();
        var open = new Stack<(Range? Name, int Start)>();
        Range? name = null;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1000 });
        try
        {
            while (reader.Read())
            {
                var token = (int)reader.TokenStartIndex..(int)reader.BytesConsumed;
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = token.Start..(token.Start.Value + reader.ValueSpan.Length + 2);
                        continue;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push((name, token.Start.Value));
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        var (opened, start) = open.Pop();
                        spots.Add((opened, start..token.End.Value));
                        break;
                    default:
                        spots.Add((name, token));
                        break;
                }

                name = null;
            }
        }
        catch (JsonException)
        {
            spots.Clear();
        }

        return spots;
    }
}
