using System.Buffers;
using System.Text.Json;
using Gateway.Api.Providers.Replies;
using Microsoft.Extensions.AI;

namespace Gateway.Api.Providers.ChatClients;

/// <summary>Writes a whole reply of a chat client as OpenAI's <c>chat.completion</c>.</summary>
internal static class ChatReplyWriter
{
    public static void Write(IBufferWriter<byte> output, ChatResponse response, ReplyHead head)
    {
        var contents = response.Messages.SelectMany(message => message.Contents).ToList();
        var calls = contents.OfType<FunctionCallContent>().Where(ChatReplies.IsForCaller).ToList();
        using var json = new Utf8JsonWriter(output, Json.WriterOptions);
        head.WriteStart(json);
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        WriteMessage(json, contents, calls);
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", ChatReplies.FinishOf(response.FinishReason, calls.Count > 0));
        json.WriteEndObject();
        json.WriteEndArray();
        if (response.Usage is { } usage)
        {
            ChatReplies.UsageOf(usage).Write(json);
        }

        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, List<AIContent> contents, List<FunctionCallContent> calls)
    {
        var texts = contents.OfType<TextContent>().ToList();
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", texts.Count == 0 && calls.Count > 0 ? null : string.Concat(texts.Select(text => text.Text)));
        json.WriteNull("refusal");
        WriteReasoning(json, [.. contents.OfType<TextReasoningContent>()]);
        if (calls.Count > 0)
        {
            json.WriteStartArray("tool_calls");
            calls.ForEach(call => MessageParts.WriteToolCall(json, call.CallId, call.Name, ChatReplies.ArgumentsOf(call)));
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteReasoning(Utf8JsonWriter json, List<TextReasoningContent> reasoning)
    {
        if (reasoning.Count == 0)
        {
            return;
        }

        json.WriteString("reasoning_content", string.Concat(reasoning.Select(block => block.Text)));
        if (!reasoning.Exists(block => block.ProtectedData is not null))
        {
            return;
        }

        json.WriteStartArray("thinking_blocks");
        foreach (var block in reasoning.Where(block => block.ProtectedData is not null))
        {
            var isRedacted = block.Text.Length == 0;
            MessageParts.WriteThinking(json, block.Text, isRedacted ? null : block.ProtectedData, isRedacted ? block.ProtectedData : null);
        }

        json.WriteEndArray();
    }
}
