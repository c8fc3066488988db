using System.Text;
using Gateway.Api.Providers.Replies;
using Microsoft.Extensions.AI;

namespace Gateway.Api.Providers.ChatClients;

/// <summary>Turns the updates of a chat client into the chunks of OpenAI's stream, each as it comes.</summary>
internal sealed class ChunkedUpdates(string model, bool includesUsage, TimeProvider time)
{
    private ChunkWriter? _chunks;
    private UsageDetails? _usage;
    private ChatFinishReason? _finish;
    private int _calls;

    /// <summary>What is ready to go out; good until the next update.</summary>
    public ReadOnlyMemory<byte> Written => _chunks?.Written ?? default;

    public void Clear() => _chunks?.Clear();

    public void Add(ChatResponseUpdate update)
    {
        foreach (var content in update.Contents)
        {
            Add(content, update);
        }

        if (update.FinishReason is { } finish)
        {
            _finish = finish;
            Begin(update);
        }
    }

    /// <summary>The client has ended its answer; one that never began has none.</summary>
    public void End()
    {
        if (_chunks is null)
        {
            return;
        }

        _chunks.Finish(ChatReplies.FinishOf(_finish, _calls > 0));
        if (_usage is not null)
        {
            _chunks.Usage(ChatReplies.UsageOf(_usage));
        }

        _chunks.Done();
    }

    private void Add(AIContent content, ChatResponseUpdate update)
    {
        switch (content)
        {
            case TextContent { Text: { Length: > 0 } text }:
                Begin(update).Content(Quote(text));
                break;
            case TextReasoningContent reasoning:
                Add(reasoning, Begin(update));
                break;
            case FunctionCallContent call when ChatReplies.IsForCaller(call):
                Begin(update).ToolCall(_calls, call.CallId, call.Name);
                _chunks!.Arguments(_calls++, Json.Quote(ChatReplies.ArgumentsOf(call)));
                break;
            case UsageContent { Details: { } usage } when _usage is null:
                _usage = usage;
                break;
            case UsageContent { Details: { } more }:
                _usage!.Add(more);
                break;
        }
    }

    private static void Add(TextReasoningContent reasoning, ChunkWriter chunks)
    {
        if (reasoning.Text.Length > 0)
        {
            chunks.Reasoning(Quote(reasoning.Text));
        }

        if (reasoning.ProtectedData is { } data)
        {
            var isRedacted = reasoning.Text.Length == 0;
            chunks.Thinking(reasoning.Text, isRedacted ? null : data, isRedacted ? data : null);
        }
    }

    // The first chunk is what commits the answer to this target, so it waits for something to answer with.
    private ChunkWriter Begin(ChatResponseUpdate update)
    {
        if (_chunks is null)
        {
            _chunks = new ChunkWriter(ChatReplies.HeadOf(update.ResponseId, update.CreatedAt, update.ModelId ?? model, time), includesUsage);
            _chunks.Role();
        }

        return _chunks;
    }

    private static byte[] Quote(string text) => Encoding.UTF8.GetBytes(Json.Quote(text));
}
