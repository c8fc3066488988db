using System.Collections.Frozen;
using System.Text.Json;

namespace Gateway.Api.Responses.Requests;

/// <summary>What <c>include</c> may ask for beyond the usual.</summary>
internal static class Includes
{
    public const string EncryptedReasoning = "reasoning.encrypted_content";
    public const string Logprobs = "message.output_text.logprobs";

    private const string ImageUrls = "message.input_image.image_url";

    // Of tools that this gateway does not have.
    private static readonly FrozenSet<string> OfMissingTools = FrozenSet.ToFrozenSet(
    [
        "file_search_call.results", "web_search_call.results", "web_search_call.action.sources", "computer_call_output.output.image_url", "code_interpreter_call.outputs",
    ]);

    public static void Check(JsonElement value, FieldFindings findings)
    {
        if (!findings.IsList(value, "include"))
        {
            return;
        }

        foreach (var item in value.EnumerateArray())
        {
            if (!findings.IsText(item, "include"))
            {
                return;
            }

            Check(item.GetString()!, findings);
        }
    }

    public static void Check(string name, FieldFindings findings)
    {
        if (OfMissingTools.Contains(name))
        {
            findings.Warn($"include '{name}' was ignored: this gateway has no such tool");
        }
        else if (name is not (EncryptedReasoning or Logprobs or ImageUrls))
        {
            findings.Refuse($"Invalid value: '{name}'. Supported values are: '{EncryptedReasoning}', '{Logprobs}', '{ImageUrls}'.", "include", "invalid_value");
        }
    }
}
