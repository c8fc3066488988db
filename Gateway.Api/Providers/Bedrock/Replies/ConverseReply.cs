using System.Text.Json;
using Gateway.Api.Providers.Bedrock.Requests;
using Gateway.Api.Providers.Replies;

namespace Gateway.Api.Providers.Bedrock.Replies;

/// <summary>
/// A reply of Converse, taken apart:
/// <c>{"output":{"message":{"role":"assistant","content":[{"text":"…"},{"toolUse":{…}}]}},"stopReason":"end_turn","usage":{…}}</c>.
/// Lives as long as the document that it was read from.
/// </summary>
internal sealed class ConverseReply
{
    private readonly List<JsonElement> _texts = [];
    private readonly List<JsonElement> _toolUses = [];
    private readonly List<JsonElement> _reasoning = [];

    private ConverseReply(JsonElement root)
    {
        StopReason = root.FindText("stopReason");
        Usage = root.Find("usage") is { } usage ? ConverseUsage.Read(usage) : default;
    }

    public IReadOnlyList<JsonElement> Texts => _texts;

    public IReadOnlyList<JsonElement> ToolUses => _toolUses;

    /// <summary>The blocks of reasoning, in Converse's form.</summary>
    public IReadOnlyList<JsonElement> Reasoning => _reasoning;

    /// <summary>The input of the tool that stands in for structured output: the answer itself.</summary>
    public JsonElement? Answer { get; private set; }

    public string? StopReason { get; }

    public ReplyUsage Usage { get; }

    /// <summary>OpenAI's finish reason: <c>tool_calls</c> only where there are any for the caller.</summary>
    public string FinishReason => StopReasons.Find(StopReason) switch
    {
        StopReasons.ToolCalls when _toolUses.Count == 0 => StopReasons.Stop,
        var reason => reason ?? StopReasons.Stop,
    };

    /// <summary>Null where there is no answer in it, whatever the status said.</summary>
    public static ConverseReply? Read(JsonElement root, Translation translation)
    {
        if (root.Find("output")?.Find("message")?.Find("content") is not { ValueKind: JsonValueKind.Array } content)
        {
            return null;
        }

        var reply = new ConverseReply(root);
        foreach (var block in content.EnumerateArray())
        {
            reply.Add(block, translation);
        }

        return reply;
    }

    private void Add(JsonElement block, Translation translation)
    {
        if (block.Find("text") is { ValueKind: JsonValueKind.String } text)
        {
            _texts.Add(text);
        }
        else if (block.Find("reasoningContent") is { } reasoning)
        {
            _reasoning.Add(reasoning);
        }
        else if (block.Find("toolUse") is { } call && call.FindText("name") is { } name)
        {
            if (name == translation.AnswerTool)
            {
                Answer ??= call.Find("input");
            }
            else if (!translation.DropsToolCalls && !(translation.TakesOneToolCall && _toolUses.Count > 0))
            {
                _toolUses.Add(call);
            }
        }
    }
}
