using System.Text.Json;

namespace Gateway.Api.Providers.Bedrock.Requests;

/// <summary>
/// Puts OpenAI's messages into Converse's order: neighbours of one role become one turn, blank text and what is left empty by it is
/// dropped, and a tool's result never is.
/// </summary>
internal sealed class ConversationReader(Translation translation)
{
    private readonly List<Block> _system = [];
    private readonly List<Turn> _turns = [];
    private readonly List<string> _calledTools = [];

    public Conversation Read(JsonElement messages)
    {
        var index = 0;
        foreach (var message in messages.EnumerateArray())
        {
            ReadMessage(message, $"messages[{index++}]");
        }

        return new Conversation(_system, _turns, _calledTools);
    }

    private void ReadMessage(JsonElement message, string param)
    {
        switch (message.FindText("role"))
        {
            case "system" or "developer":
                ReadContent(message, param, (block, _) => _system.Add(block));
                break;
            case "user":
                ReadContent(message, param, (block, place) => TurnOf(isUser: true).Add(block, place));
                break;
            case "assistant":
                ReadAssistant(message, param);
                break;
            case "tool":
                ReadToolResult(message, param);
                break;
            case var role:
                translation.Refuse($"'{param}.role' is '{role}'; {translation.Model} takes system, developer, user, assistant and tool.", $"{param}.role");
                break;
        }
    }

    private void ReadAssistant(JsonElement message, string param)
    {
        if (message.Find("thinking_blocks") is { ValueKind: JsonValueKind.Array } thinking)
        {
            foreach (var block in thinking.EnumerateArray())
            {
                TurnOf(isUser: false).Add(new Block(BlockKind.Reasoning, block, $"{param}.thinking_blocks"));
            }
        }

        ReadContent(message, param, (block, place) => TurnOf(isUser: false).Add(block, place));
        if (message.Find("tool_calls") is not { ValueKind: JsonValueKind.Array } calls)
        {
            return;
        }

        var index = 0;
        foreach (var call in calls.EnumerateArray())
        {
            var name = call.Find("function")?.FindText("name");
            var at = $"{param}.tool_calls[{index++}]";
            if (name is null || call.FindText("id") is null)
            {
                translation.Refuse($"'{at}' is no call of a function: it needs an 'id' and a 'function' with its 'name'.", at);
                continue;
            }

            if (!_calledTools.Contains(name))
            {
                _calledTools.Add(name);
            }

            TurnOf(isUser: false).Add(new Block(BlockKind.ToolUse, call, at));
        }
    }

    // The result of a call stays whatever is in it: without it the call would be refused.
    private void ReadToolResult(JsonElement message, string param)
    {
        if (message.FindText("tool_call_id") is null)
        {
            translation.Refuse(Pipeline.Refusal.MissingParameter($"{param}.tool_call_id"));
            return;
        }

        var turn = TurnOf(isUser: true);
        turn.Add(new Block(BlockKind.ToolResult, message, param));
        var cached = message.Find("cache_control") ?? (message.Find("content") is { ValueKind: JsonValueKind.Array } parts
            ? parts.EnumerateArray().Select(part => part.Find("cache_control")).FirstOrDefault(control => control is not null)
            : null);
        AddCachePoint(cached, param, (block, _) => turn.Add(block, BlockKind.ToolResult));
    }

    private void ReadContent(JsonElement message, string param, Action<Block, BlockKind?> add)
    {
        var at = $"{param}.content";
        switch (message.Find("content"))
        {
            case null:
                break;
            case { ValueKind: JsonValueKind.String } text:
                AddText(text, at, add);
                break;
            case { ValueKind: JsonValueKind.Array } parts:
                var index = 0;
                foreach (var part in parts.EnumerateArray())
                {
                    ReadPart(part, $"{at}[{index++}]", add);
                }

                break;
            case { } other:
                translation.Refuse($"'{at}' must be a string or a list of parts, not {other.ValueKind}.", at);
                break;
        }

        AddCachePoint(message.Find("cache_control"), param, add);
    }

    private void ReadPart(JsonElement part, string param, Action<Block, BlockKind?> add)
    {
        switch (part.FindText("type"))
        {
            case "text" when part.Find("text") is { ValueKind: JsonValueKind.String } text:
                AddText(text, param, add);
                break;
            case "refusal" when part.Find("refusal") is { ValueKind: JsonValueKind.String } refusal:
                AddText(refusal, param, add);
                break;
            case "image_url" when part.Find("image_url") is { } image:
                add(new Block(BlockKind.Image, image, $"{param}.image_url"), null);
                break;
            case var type:
                translation.Refuse($"'{param}' is of type '{type}', which {translation.Model} is not sent; text and image_url are.", param);
                break;
        }

        AddCachePoint(part.Find("cache_control"), param, add);
    }

    private static void AddText(JsonElement text, string param, Action<Block, BlockKind?> add)
    {
        if (!text.IsBlank())
        {
            add(new Block(BlockKind.Text, text, param), null);
        }
    }

    // A cache point alone would be an empty message, and there is nothing before it to keep.
    private void AddCachePoint(JsonElement? control, string param, Action<Block, BlockKind?> add)
    {
        if (control is { } value && translation.TakeCachePoint())
        {
            add(new Block(BlockKind.CachePoint, value, param), null);
        }
    }

    private Turn TurnOf(bool isUser)
    {
        if (_turns.Count == 0 || _turns[^1].IsUser != isUser)
        {
            _turns.Add(new Turn(isUser));
        }

        return _turns[^1];
    }
}
