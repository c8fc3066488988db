using System.Text;
using System.Text.Json;

namespace Local.Model.Requests;

internal static class MessageReader
{
    public static IReadOnlyList<ChatMessage> Read(Fields fields)
    {
        if (fields.Find("messages") is null)
        {
            fields.Problem("messages", "Missing required parameter: 'messages'.");
            return [];
        }

        var messages = fields.Objects("messages");
        if (messages.Count == 0)
        {
            fields.Problem("messages", "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.");
        }

        return [.. messages.Select(ReadMessage)];
    }

    private static ChatMessage ReadMessage(Fields message)
    {
        var role = message.RequiredText("role");
        if (role is not ("system" or "developer" or "user" or "assistant" or "tool" or "function"))
        {
            message.Problem("role", $"Invalid value: '{role}'. Supported values are: 'system', 'developer', 'user', 'assistant', 'tool', and 'function'.");
        }

        var calls = role == "assistant" ? [.. message.Objects("tool_calls").Select(ReadCall)] : Array.Empty<MessageToolCall>();
        var (text, images) = ReadContent(message, isOptional: role == "assistant");
        var callId = role == "tool" ? message.RequiredText("tool_call_id") : null;
        message.Text("name");
        return new ChatMessage(role, text, images, callId, calls);
    }

    private static MessageToolCall ReadCall(Fields call)
    {
        var id = call.RequiredText("id");
        if (call.Find("function") is null)
        {
            call.Problem("function", $"Missing required parameter: '{call.PathOf("function")}'.");
        }

        return call.Object("function") is { } function
            ? new MessageToolCall(id, function.RequiredText("name"), function.Text("arguments") ?? "")
            : new MessageToolCall(id, "", "");
    }

    private static (string Text, int Images) ReadContent(Fields message, bool isOptional)
    {
        if (message.Find("content") is not { } content)
        {
            if (!isOptional)
            {
                message.Problem("content", $"Invalid value for '{message.PathOf("content")}': expected a string or an array of content parts, but got null instead.");
            }

            return ("", 0);
        }

        if (content.ValueKind is JsonValueKind.String)
        {
            return (content.GetString()!, 0);
        }

        if (content.ValueKind is not JsonValueKind.Array)
        {
            message.WrongType("content", "a string or an array of content parts", content);
            return ("", 0);
        }

        var text = new StringBuilder();
        var images = 0;
        foreach (var part in message.Objects("content"))
        {
            images += ReadPart(part, text);
        }

        return (text.ToString(), images);
    }

    // { "type": "text", "text": "…" } or { "type": "image_url", "image_url": { "url": "…" } }
    private static int ReadPart(Fields part, StringBuilder text)
    {
        var type = part.RequiredText("type");
        switch (type)
        {
            case "text":
            case "input_text":
                text.Append(text.Length == 0 ? "" : "\n").Append(part.RequiredText("text"));
                return 0;
            case "refusal":
                text.Append(part.RequiredText("refusal"));
                return 0;
            case "image_url":
                if (part.Object("image_url") is not { } image)
                {
                    part.Problem("image_url", $"Missing required parameter: '{part.PathOf("image_url")}'.");
                }
                else
                {
                    image.RequiredText("url");
                }

                return 1;
            default:
                part.Problem("type", $"Invalid value: '{type}'. Supported values are: 'text', 'image_url', and 'refusal'.");
                return 0;
        }
    }
}
