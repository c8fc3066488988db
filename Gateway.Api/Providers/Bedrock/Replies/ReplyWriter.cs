using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Gateway.Api.Providers.Bedrock.Requests;
using Gateway.Api.Providers.Replies;

namespace Gateway.Api.Providers.Bedrock.Replies;

/// <summary>Writes replies of OpenAI's: <c>chat.completion</c> and <c>text_completion</c>.</summary>
internal static class ReplyWriter
{
    /// <param name="replies">One for each prompt: always one where it answers a conversation.</param>
    public static void Write(IBufferWriter<byte> output, ReplyHead head, IReadOnlyList<(ConverseReply Reply, Translation Translation)> replies)
    {
        using var json = new Utf8JsonWriter(output, Json.WriterOptions);
        head.WriteStart(json);
        for (var index = 0; index < replies.Count; index++)
        {
            var (reply, translation) = replies[index];
            json.WriteStartObject();
            json.WriteNumber("index", index);
            if (head.IsChat)
            {
                WriteMessage(json, reply, translation);
            }
            else
            {
                WriteText(json, "text", reply);
            }

            json.WriteNull("logprobs");
            json.WriteString("finish_reason", reply.FinishReason);
            if (StopReasons.SequenceOf(reply.StopReason, translation) is { } sequence)
            {
                json.WriteString("stop_reason", sequence);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        replies.Aggregate(default(ReplyUsage), (sum, each) => sum + each.Reply.Usage).Write(json);
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, ConverseReply reply, Translation translation)
    {
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        if (reply.Texts.Count == 0 && reply.Answer is null && reply.ToolUses.Count > 0)
        {
            json.WriteNull("content");
        }
        else
        {
            WriteText(json, "content", reply);
        }

        json.WriteNull("refusal");
        ReasoningWriter.Write(json, reply.Reasoning);
        if (reply.ToolUses.Count > 0)
        {
            json.WriteStartArray("tool_calls");
            foreach (var call in reply.ToolUses)
            {
                WriteCall(json, call, translation);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes all text of a reply as one string.</summary>
    public static void WriteText(Utf8JsonWriter json, string name, ConverseReply reply)
    {
        json.WritePropertyName(name);
        if (reply.Answer is { } answer)
        {
            json.WriteStringValue(JsonMarshal.GetRawUtf8Value(answer));
        }
        else if (reply.Texts is [var only])
        {
            json.WriteRaw(only);
        }
        else
        {
            json.WriteStringValue(string.Concat(reply.Texts.Select(text => text.GetString())));
        }
    }

    // {"toolUseId":"tooluse_1","name":"add","input":{"a":2}}
    private static void WriteCall(Utf8JsonWriter json, JsonElement call, Translation translation) => MessageParts.WriteToolCall(
        json,
        call.FindText("toolUseId"),
        translation.Tools.Original(call.FindText("name")!),
        call.Find("input") is { } input ? JsonMarshal.GetRawUtf8Value(input) : "{}"u8);
}
