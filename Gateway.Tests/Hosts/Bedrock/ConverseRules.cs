using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gateway.Tests.Hosts.Bedrock;

/// <summary>What Bedrock refuses of a Converse request, as strictly as the real one: each rule in the words that it answers with.</summary>
internal static partial class ConverseRules
{
    private static readonly string[] Formats = ["png", "jpeg", "gif", "webp"];

    /// <summary>Null where the request would be taken.</summary>
    public static string? Fault(JsonNode? request)
    {
        try
        {
            Check(request);
            return null;
        }
        catch (RuleException broken)
        {
            return broken.Message;
        }
    }

    private static void Check(JsonNode? request)
    {
        var root = Object(request, "request", "messages", "system", "inferenceConfig", "toolConfig", "additionalModelRequestFields", "outputConfig");
        var points = 0;
        if (root["system"] is { } system)
        {
            foreach (var block in NonEmpty(system, "system"))
            {
                CheckSystem(block, ref points);
            }
        }

        var tools = CheckTools(root["toolConfig"], ref points);
        CheckMessages(NonEmpty(root["messages"], "messages"), tools, ref points);
        CheckInference(root["inferenceConfig"]);
        CheckOutput(root["outputConfig"]);
        Require(root["additionalModelRequestFields"] is null or JsonObject { Count: > 0 }, "additionalModelRequestFields must be an object that is not empty.");
        Require(points <= 4, "You reached the maximum number of cache points: 4.");
    }

    private static void CheckSystem(JsonNode? block, ref int points)
    {
        var content = Union(block, "system block", "text", "cachePoint");
        if (content.Name == "text")
        {
            Text(content.Value, "The text field in the ContentBlock object in system is blank.");
            return;
        }

        CheckCachePoint(content.Value, ref points);
    }

    private static void CheckMessages(JsonArray messages, HashSet<string>? tools, ref int points)
    {
        var pending = new List<string>();
        string? before = null;
        foreach (var message in messages)
        {
            var fields = Object(message, "message", "role", "content");
            var role = (string?)fields["role"];
            Require(role is "user" or "assistant", $"Value '{role}' at 'messages.role' failed to satisfy constraint: [user, assistant].");
            Require(before is not null || role == "user", "A conversation must start with a user message. Try again with a conversation that starts with a user message.");
            Require(role != before, "A conversation must alternate between user and assistant roles.");
            before = role;

            var blocks = NonEmpty(fields["content"], $"The content field in the Message object of {role}").Select(block => CheckBlock(block, role!)).ToList();
            points += blocks.Count(block => block.Name == "cachePoint");
            Require(blocks[0].Name != "cachePoint", "A cache point cannot come first.");
            var results = blocks.Where(block => block.Name == "toolResult").Select(block => (string)block.Value!["toolUseId"]!).ToList();
            Require(
                results.Order().SequenceEqual(pending.Order()),
                $"The number of toolResult blocks at messages exceeds or misses the number of toolUse blocks of previous turn: {string.Join(',', results)} for {string.Join(',', pending)}.");
            pending = [.. blocks.Where(block => block.Name == "toolUse").Select(block => (string)block.Value!["toolUseId"]!)];
            Require(pending.Distinct().Count() == pending.Count, "toolUseId must be unique.");
            Require(tools is not null || (pending.Count == 0 && results.Count == 0), "The toolConfig field must be defined when using toolUse and toolResult content blocks.");
        }

        Require(pending.Count == 0, "Expected toolResult blocks for the toolUse blocks of the last turn.");
    }

    private static (string Name, JsonNode? Value) CheckBlock(JsonNode? block, string role)
    {
        var content = Union(block, "ContentBlock", "text", "image", "toolUse", "toolResult", "reasoningContent", "cachePoint");
        switch (content.Name)
        {
            case "text":
                Text(content.Value, "The text field in the ContentBlock object is blank. Add text to the text field, and try again.");
                break;
            case "image":
                Require(role == "user", "Image blocks are for user messages.");
                CheckImage(content.Value);
                break;
            case "toolUse":
                Require(role == "assistant", "toolUse blocks are for assistant messages.");
                var use = Object(content.Value, "toolUse", "toolUseId", "name", "input");
                Name(use["toolUseId"], "toolUseId");
                Name(use["name"], "toolUse.name");
                Require(use["input"] is JsonObject, "The format of the value at messages.content.toolUse.input is invalid. Provide a json object for the field and try again.");
                break;
            case "toolResult":
                Require(role == "user", "toolResult blocks are for user messages.");
                CheckResult(content.Value);
                break;
            case "reasoningContent":
                Require(role == "assistant", "reasoningContent blocks are for assistant messages.");
                var reasoning = Union(content.Value, "reasoningContent", "reasoningText", "redactedContent");
                if (reasoning.Name == "reasoningText")
                {
                    Object(reasoning.Value, "reasoningText", "text", "signature");
                }

                break;
            default:
                var ignored = 0;
                CheckCachePoint(content.Value, ref ignored);
                break;
        }

        return content;
    }

    private static void CheckResult(JsonNode? value)
    {
        var result = Object(value, "toolResult", "toolUseId", "content", "status");
        Name(result["toolUseId"], "toolUseId");
        foreach (var item in result["content"] as JsonArray ?? throw new RuleException("toolResult.content is required."))
        {
            var part = Union(item, "toolResult content", "text", "json", "image");
            if (part.Name == "text")
            {
                Text(part.Value, "The text field in the ToolResultContentBlock object is blank.");
            }
            else if (part.Name == "image")
            {
                CheckImage(part.Value);
            }
        }
    }

    private static void CheckImage(JsonNode? value)
    {
        var image = Object(value, "image", "format", "source");
        Require(Formats.Contains((string?)image["format"]), "image.format must be png, jpeg, gif or webp.");
        var bytes = (string?)Object(image["source"], "image.source", "bytes")["bytes"];
        Require(bytes is { Length: > 0 } && Convert.TryFromBase64String(bytes, new byte[bytes.Length], out _), "image.source.bytes must be base64.");
    }

    private static void CheckCachePoint(JsonNode? value, ref int points)
    {
        points++;
        var point = Object(value, "cachePoint", "type", "ttl");
        Require((string?)point["type"] == "default" && (string?)point["ttl"] is null or "5m" or "1h", "cachePoint is malformed.");
    }

    private static HashSet<string>? CheckTools(JsonNode? value, ref int points)
    {
        if (value is null)
        {
            return null;
        }

        var config = Object(value, "toolConfig", "tools", "toolChoice");
        var names = new HashSet<string>();
        foreach (var item in NonEmpty(config["tools"], "toolConfig.tools"))
        {
            var tool = Union(item, "tool", "toolSpec", "cachePoint");
            if (tool.Name == "cachePoint")
            {
                CheckCachePoint(tool.Value, ref points);
                continue;
            }

            var spec = Object(tool.Value, "toolSpec", "name", "description", "inputSchema", "strict");
            Name(spec["name"], "toolSpec.name");
            Require(names.Add((string)spec["name"]!), $"The tool {spec["name"]} is already defined.");
            Require(!spec.ContainsKey("description") || !string.IsNullOrEmpty((string?)spec["description"]), "toolSpec.description must have length greater than or equal to 1.");
            Require(Object(spec["inputSchema"], "inputSchema", "json")["json"] is JsonObject schema && (string?)schema["type"] == "object", "The value at toolConfig.tools.toolSpec.inputSchema.json.type must be one of: object.");
        }

        if (config["toolChoice"] is { } choice)
        {
            var chosen = Union(choice, "toolChoice", "auto", "any", "tool");
            Require(chosen.Name != "tool" || names.Contains((string)Object(chosen.Value, "tool", "name")["name"]!), "toolChoice.tool.name is not among the tools.");
        }

        return names;
    }

    private static void CheckInference(JsonNode? value)
    {
        if (value is null)
        {
            return;
        }

        var config = Object(value, "inferenceConfig", "maxTokens", "temperature", "topP", "stopSequences");
        Require(config["maxTokens"] is null || (int)config["maxTokens"]! >= 1, "inferenceConfig.maxTokens must be 1 or more.");
        Require(config["temperature"] is null || (double)config["temperature"]! is >= 0 and <= 1, "inferenceConfig.temperature must be between 0 and 1.");
        Require(config["topP"] is null || (double)config["topP"]! is >= 0 and <= 1, "inferenceConfig.topP must be between 0 and 1.");
        if (config["stopSequences"] is { } stops)
        {
            Require(NonEmpty(stops, "stopSequences").All(stop => !string.IsNullOrWhiteSpace((string?)stop)), "stopSequences must not be blank.");
        }
    }

    private static void CheckOutput(JsonNode? value)
    {
        if (value is null)
        {
            return;
        }

        var format = Object(Object(value, "outputConfig", "textFormat")["textFormat"], "textFormat", "type", "structure");
        Require((string?)format["type"] == "json_schema", "textFormat.type must be json_schema.");
        var schema = Object(Object(format["structure"], "structure", "jsonSchema")["jsonSchema"], "jsonSchema", "schema", "name", "description");
        Require(schema["schema"]?.GetValueKind() == JsonValueKind.String && JsonNode.Parse((string)schema["schema"]!) is JsonObject, "jsonSchema.schema must be JSON in a string.");
    }

    private static JsonObject Object(JsonNode? node, string what, params string[] known)
    {
        var value = node as JsonObject ?? throw new RuleException($"{what} must be an object.");
        var unknown = value.FirstOrDefault(property => !known.Contains(property.Key)).Key;
        Require(unknown is null, $"{what}: extraneous key [{unknown}] is not permitted.");
        return value;
    }

    private static (string Name, JsonNode? Value) Union(JsonNode? node, string what, params string[] known)
    {
        var value = Object(node, what, known);
        Require(value.Count == 1, $"{what} must set exactly one member, not {value.Count}.");
        return (value.First().Key, value.First().Value);
    }

    private static JsonArray NonEmpty(JsonNode? node, string what)
    {
        var list = node as JsonArray ?? throw new RuleException($"{what} must be a list.");
        Require(list.Count > 0, $"{what} is empty.");
        return list;
    }

    private static void Text(JsonNode? node, string message) => Require(node?.GetValueKind() == JsonValueKind.String && !string.IsNullOrWhiteSpace((string?)node), message);

    private static void Name(JsonNode? node, string what) =>
        Require(NamePattern().IsMatch((string?)node ?? ""), $"Value '{node}' at '{what}' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+");

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new RuleException(message);
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex NamePattern();

    private sealed class RuleException(string message) : Exception(message);
}
