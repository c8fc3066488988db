using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Gateway.Api.Providers.ChatClients;

/// <summary>Reads OpenAI's messages as those of a chat client. What they hold is copied: a client may keep it longer than the request lives.</summary>
internal sealed class MessageReader(RequestNotes notes)
{
    public List<ChatMessage> Read(JsonElement messages)
    {
        var index = 0;
        return [.. messages.EnumerateArray().Select(message => ReadMessage(message, $"messages[{index++}]"))];
    }

    private ChatMessage ReadMessage(JsonElement message, string param)
    {
        var role = RoleOf(message.FindText("role"), param);
        var contents = role == ChatRole.Tool ? [ReadToolResult(message, param)] : new ContentReader(notes).Read(message, param);
        if (role == ChatRole.Assistant)
        {
            contents.InsertRange(0, ReadReasoning(message));
            contents.AddRange(ReadCalls(message, param));
        }

        return new ChatMessage(role, contents) { AuthorName = message.FindText("name") };
    }

    private ChatRole RoleOf(string? role, string param)
    {
        switch (role)
        {
            case "system" or "developer":
                return ChatRole.System;
            case "assistant":
                return ChatRole.Assistant;
            case "tool":
                return ChatRole.Tool;
            case not "user":
                notes.Refuse($"'{param}.role' is '{role}'; {notes.Model} takes system, developer, user, assistant and tool.", $"{param}.role");
                break;
        }

        return ChatRole.User;
    }

    private FunctionResultContent ReadToolResult(JsonElement message, string param)
    {
        if (message.FindText("tool_call_id") is null)
        {
            notes.Refuse($"Missing required parameter: '{param}.tool_call_id'.", $"{param}.tool_call_id");
        }

        var text = string.Concat(new ContentReader(notes).Read(message, param).OfType<TextContent>().Select(content => content.Text));
        return new FunctionResultContent(message.FindText("tool_call_id") ?? "", text);
    }

    // What the gateway writes in replies: "thinking_blocks":[{"type":"thinking","thinking":"…","signature":"…"},{"type":"redacted_thinking","data":"…"}],
    // or "reasoning_content":"…" where there is nothing to be given back as it was.
    private static IEnumerable<AIContent> ReadReasoning(JsonElement message)
    {
        if (message.Find("thinking_blocks") is { ValueKind: JsonValueKind.Array } blocks)
        {
            return blocks.EnumerateArray().Select(block => new TextReasoningContent(block.FindText("thinking") ?? "") { ProtectedData = block.FindText("signature") ?? block.FindText("data") });
        }

        return message.FindText("reasoning_content") is { Length: > 0 } words ? [new TextReasoningContent(words)] : [];
    }

    // "tool_calls":[{"id":"call_1","type":"function","function":{"name":"add","arguments":"{\"a\":2}"}}]
    private IEnumerable<AIContent> ReadCalls(JsonElement message, string param)
    {
        if (message.Find("tool_calls") is not { ValueKind: JsonValueKind.Array } calls)
        {
            yield break;
        }

        var index = 0;
        foreach (var call in calls.EnumerateArray())
        {
            var at = $"{param}.tool_calls[{index++}]";
            var function = call.Find("function");
            if (call.FindText("id") is not { } id || function?.FindText("name") is not { } name)
            {
                notes.Refuse($"'{at}' is no call of a function: it needs an 'id' and a 'function' with its 'name'.", at);
                continue;
            }

            var read = FunctionCallContent.CreateFromParsedArguments(function.Value.FindText("arguments") ?? "{}", id, name, static json => JsonSerializer.Deserialize<Dictionary<string, object?>>(json));
            if (read.Exception is not null)
            {
                notes.Refuse($"'{at}.function.arguments' is not the text of a JSON object.", $"{at}.function.arguments");
            }

            yield return read;
        }
    }
}
