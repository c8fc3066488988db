using System.Text;
using System.Text.Json;
using Local.Model.Tokens;

namespace Local.Model.Requests;

/// <summary>Reads a string, a list of strings, a list of token ids or a list of such lists.</summary>
internal static class PromptReader
{
    private const int MostPrompts = 2048;
    private const string Expected = "a string, an array of strings, an array of tokens or an array of token arrays";

    public static IReadOnlyList<Prompt> Read(Fields fields, string name)
    {
        if (fields.Find(name) is not { } value)
        {
            fields.Problem(name, $"Missing required parameter: '{fields.PathOf(name)}'.");
            return [];
        }

        if (value.ValueKind is JsonValueKind.String)
        {
            return [OfText(value)];
        }

        if (value.ValueKind is not JsonValueKind.Array)
        {
            fields.WrongType(name, Expected, value);
            return [];
        }

        if (value.GetArrayLength() == 0)
        {
            fields.Problem(name, $"Invalid '{fields.PathOf(name)}': empty array.");
            return [];
        }

        if (value[0].ValueKind is JsonValueKind.Number)
        {
            return OfTokens(fields, name, value) is { } prompt ? [prompt] : [];
        }

        if (value.GetArrayLength() > MostPrompts)
        {
            fields.Problem(name, $"Invalid '{fields.PathOf(name)}': array too long. Expected an array with maximum length {MostPrompts}.");
            return [];
        }

        return ReadList(fields, name, value);
    }

    private static List<Prompt> ReadList(Fields fields, string name, JsonElement list)
    {
        var prompts = new List<Prompt>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            var itemName = $"{name}[{prompts.Count}]";
            var prompt = item.ValueKind switch
            {
                JsonValueKind.String => OfText(item),
                JsonValueKind.Array when item.GetArrayLength() > 0 => OfTokens(fields, itemName, item),
                _ => null,
            };
            if (prompt is null)
            {
                fields.WrongType(itemName, "a string or a non-empty array of tokens", item);
                return [];
            }

            prompts.Add(prompt);
        }

        return prompts;
    }

    private static Prompt OfText(JsonElement value)
    {
        var text = value.GetString()!;
        return new Prompt(text, Tokenizer.Count(text));
    }

    // There is no vocabulary, so a token id stands for a word that names it.
    private static Prompt? OfTokens(Fields fields, string name, JsonElement ids)
    {
        var text = new StringBuilder();
        foreach (var item in ids.EnumerateArray())
        {
            if (item.ValueKind is not JsonValueKind.Number || !item.TryGetUInt32(out var id))
            {
                fields.WrongType(name, "an array of tokens (integers of 0 or more)", item);
                return null;
            }

            text.Append(text.Length == 0 ? "" : " ").Append('t').Append(id);
        }

        return new Prompt(text.ToString(), ids.GetArrayLength());
    }
}
