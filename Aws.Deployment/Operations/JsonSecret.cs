using System.Text.Json;
using System.Text.Json.Nodes;
using Aws.Deployment.Operations.Aws;

namespace Aws.Deployment.Operations;

/// <summary>A secret that is a JSON object of texts, such as <c>{"openai-api-key": "sk-…"}</c>, in no stack, so that it outlives them.</summary>
internal sealed class JsonSecret(SecretsManager secrets, string name, string description)
{
    public string Name => name;

    /// <summary>Makes it where it is not there; what is there is kept.</summary>
    /// <returns>What was done, to be told.</returns>
    public async Task<string> EnsureAsync(string key, string? value, CancellationToken cancellationToken)
    {
        if (await secrets.GetAsync(name, cancellationToken) is { } text)
        {
            return Read(text).ContainsKey(key) ? $"Secret {name} is there and kept." : $"Secret {name} is there, without {key}: rotate-secret puts it.";
        }

        if (value is null)
        {
            return $"Secret {name} is not there: the models that need {key} are not offered until rotate-secret puts it.";
        }

        await secrets.CreateAsync(name, description, new JsonObject { [key] = Checked(value) }.ToJsonString(), cancellationToken);
        return $"Secret {name} was made.";
    }

    /// <summary>Puts a new value; the other keys stay.</summary>
    public async Task PutAsync(string key, string value, CancellationToken cancellationToken)
    {
        var text = await secrets.GetAsync(name, cancellationToken);
        var all = text is null ? [] : Read(text);
        all[key] = Checked(value);
        if (text is null)
        {
            await secrets.CreateAsync(name, description, all.ToJsonString(), cancellationToken);
        }
        else
        {
            await secrets.PutAsync(name, all.ToJsonString(), cancellationToken);
        }
    }

    /// <summary>Null where the secret or the key is not there.</summary>
    public async Task<string?> GetAsync(string key, CancellationToken cancellationToken) =>
        await secrets.GetAsync(name, cancellationToken) is { } text ? (string?)Read(text)[key] : null;

    // The gateway refuses the same.
    private static string Checked(string value) => value.Length > 0 && !value.Any(char.IsControl) && value.Trim() == value
        ? value
        : throw new OperationFault("The secret is blank, begins or ends with a blank, or has more than one line.", "Give one line of text.");

    private JsonObject Read(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is JsonObject all && all.All(entry => entry.Value?.GetValueKind() is JsonValueKind.String))
            {
                return all;
            }
        }
        catch (JsonException)
        {
            // Told below, without the text.
        }

        throw new OperationFault($"Secret {name} is no JSON object of texts.", $"Put one, such as {{\"openai-api-key\": \"…\"}} (aws secretsmanager put-secret-value --secret-id {name}), and run it again.");
    }
}
