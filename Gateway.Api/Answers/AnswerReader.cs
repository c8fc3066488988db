using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Gateway.Api.Answers;

/// <summary>
/// Reads an answer in chat's form, whole or chunk by chunk, and tells its events to a writer: reasoning first, then text, then tool
/// calls one after the other, in whatever order a server puts the members that carry them.
/// </summary>
internal sealed class AnswerReader(AnswerWriter writer)
{
    private readonly List<ToolCallInProgress> _calls = [];
    private bool _hasBegun;

    // Whether reasoning was told that no signature has ended yet.
    private bool _isReasoning;

    /// <summary>Returns null, or why the answer cannot be followed, in words to follow the target's name.</summary>
    /// <param name="answer">A JSON object, looked through before.</param>
    public string? Read(ReadOnlySpan<byte> answer)
    {
        var parts = AnswerParts.Read(answer);
        if (!_hasBegun)
        {
            _hasBegun = true;
            if (!parts.Fingerprint.IsEmpty)
            {
                writer.Fingerprint(parts.Fingerprint);
            }

            writer.Begin(parts.Model);
        }

        ReadReasoning(parts);
        if (!parts.Logprobs.IsEmpty)
        {
            writer.Logprobs(parts.Logprobs);
        }

        if (!parts.Content.IsEmpty)
        {
            writer.Text(parts.Content);
        }

        ReadContentList(parts.ContentList);
        if (!parts.Refusal.IsEmpty)
        {
            writer.Refusal(parts.Refusal);
        }

        if (ReadToolCalls(parts.ToolCalls) is { } fault)
        {
            return fault;
        }

        if (!parts.FinishReason.IsEmpty)
        {
            writer.Finish(ReasonOf(parts.FinishReason), parts.StopSequence);
        }

        return null;
    }

    public void KeepAlive()
    {
        if (_hasBegun)
        {
            writer.KeepAlive();
        }
    }

    // Signed blocks hold the words again that "reasoning_content" has told, in a chunk before or in the same message.
    private void ReadReasoning(in AnswerParts parts)
    {
        if (parts.ThinkingBlocks.IsEmpty || !HoldWords(parts.ThinkingBlocks))
        {
            Reason(parts.Reasoning);
        }

        if (parts.ThinkingBlocks.IsEmpty)
        {
            return;
        }

        var json = new Utf8JsonReader(parts.ThinkingBlocks);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            ReadThinking(ContentPart.Read(ref json));
        }
    }

    private static bool HoldWords(ReadOnlySpan<byte> blocks)
    {
        var json = new Utf8JsonReader(blocks);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            if (ContentPart.Read(ref json).IsThinking)
            {
                return true;
            }
        }

        return false;
    }

    private void ReadThinking(in ContentPart block)
    {
        if (!block.IsThinking)
        {
            if (!block.Data.IsEmpty)
            {
                _isReasoning = false;
                writer.RedactedReasoning(block.Data);
            }

            return;
        }

        if (!_isReasoning || block.Signature.IsEmpty)
        {
            Reason(block.Thinking);
        }

        if (!block.Signature.IsEmpty)
        {
            _isReasoning = false;
            writer.Signature(block.Signature);
        }
    }

    private void Reason(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty)
        {
            _isReasoning = true;
            writer.Reasoning(text);
        }
    }

    private void ReadContentList(ReadOnlySpan<byte> list)
    {
        if (list.IsEmpty)
        {
            return;
        }

        var json = new Utf8JsonReader(list);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            if (ContentPart.Read(ref json) is { Text.IsEmpty: false } part)
            {
                writer.Text(part.Text);
            }
        }
    }

    private string? ReadToolCalls(ReadOnlySpan<byte> list)
    {
        if (list.IsEmpty)
        {
            return null;
        }

        var json = new Utf8JsonReader(list);
        json.Read();
        for (var position = 0; json.Read() && json.TokenType == JsonTokenType.StartObject; position++)
        {
            if (Tell(ToolCallPart.Read(ref json, list, position)) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private string? Tell(in ToolCallPart part)
    {
        var call = CallOf(part);
        if (!call.HasBegun && !part.Name.IsEmpty)
        {
            call.HasBegun = true;
            writer.ToolCall(call.Id, part.Name);
        }

        if (part.Arguments.IsEmpty)
        {
            return null;
        }

        if (!call.HasBegun)
        {
            return "called a tool without naming it.";
        }

        if (call != _calls[^1])
        {
            return "mixed the arguments of several tool calls.";
        }

        writer.Arguments(part.Arguments);
        return null;
    }

    private ToolCallInProgress CallOf(in ToolCallPart part)
    {
        for (var i = _calls.Count - 1; i >= 0; i--)
        {
            if (_calls[i].Is(part.Index, part.Id))
            {
                return _calls[i];
            }
        }

        // A call without an id could not be answered.
        var id = part.Id.IsEmpty ? Encoding.ASCII.GetBytes($"call_{ActivitySpanId.CreateRandom()}") : part.Id.ToArray();
        _calls.Add(new ToolCallInProgress(part.Index, id));
        return _calls[^1];
    }

    private static FinishReason ReasonOf(ReadOnlySpan<byte> reason) =>
        reason.SequenceEqual("length"u8) ? FinishReason.Length
        : reason.SequenceEqual("tool_calls"u8) || reason.SequenceEqual("function_call"u8) ? FinishReason.ToolCalls
        : reason.SequenceEqual("content_filter"u8) ? FinishReason.ContentFilter
        : FinishReason.Stop;
}
