using System.Buffers;
using System.Text.Json;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;
using Gateway.Api.Tools.Calls;
using Gateway.Api.Tools.Replies;

namespace Gateway.Api.Tools;

/// <summary>Makes what the model said and what its tools gave a part of the conversation that the next round goes on from.</summary>
internal static class Transcript
{
    private static readonly byte[] Auto = [.. "\"auto\""u8];
    private static readonly byte[] None = [.. "\"none\""u8];
    private static readonly byte[] NoneAsMember = [.. ",\"tool_choice\":\"none\""u8];

    /// <param name="next">The next round; its body is that of the last one.</param>
    /// <param name="round">What the model said.</param>
    /// <param name="results">What became of its calls, in their order.</param>
    /// <param name="mayCall">Whether tools may be called further.</param>
    public static void AppendTo(GatewayRequest next, RoundWriter round, IReadOnlyList<FinishedCall> results, bool mayCall)
    {
        var at = ChatBody.Read(next.Body!.Span);
        var edits = new BodyEdits();
        edits.Insert(at.EndOfMessages, Messages(round, results));

        // What had to be called has been: a choice that stays would have it called for ever.
        if (at.ToolChoice is { } choice)
        {
            edits.Replace(choice, mayCall ? Auto : None);
        }
        else if (!mayCall)
        {
            edits.Insert(at.Tools!.Value.End.Value, NoneAsMember);
        }

        edits.ApplyTo(next);
    }

    private static ReadOnlyMemory<byte> Messages(RoundWriter round, IReadOnlyList<FinishedCall> results)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        output.Write(","u8);
        using (var json = new Utf8JsonWriter(output, Json.WriterOptions))
        {
            WriteAssistant(json, round, results);
        }

        foreach (var result in results)
        {
            output.Write(","u8);
            using var json = new Utf8JsonWriter(output, Json.WriterOptions);
            json.WriteStartObject();
            json.WriteString("role", "tool");
            WriteRaw(json, "tool_call_id", result.Call.Id);
            json.WriteString("content", result.Text);
            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    private static void WriteAssistant(Utf8JsonWriter json, RoundWriter round, IReadOnlyList<FinishedCall> results)
    {
        json.WriteStartObject();
        json.WriteString("role", "assistant");
        if (round.Said.IsEmpty)
        {
            json.WriteNull("content");
        }
        else
        {
            WriteRaw(json, "content", round.Said);
        }

        if (!round.Thinking.IsEmpty)
        {
            json.WritePropertyName("thinking_blocks");
            json.WriteRawValue([(byte)'[', .. round.Thinking, (byte)']'], skipInputValidation: true);
        }

        json.WriteStartArray("tool_calls");
        foreach (var result in results)
        {
            WriteCall(json, result.Call);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter json, PendingCall call)
    {
        json.WriteStartObject();
        WriteRaw(json, "id", call.Id);
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        WriteRaw(json, "name", call.Name);

        // Providers refuse a conversation with arguments that are none.
        if (call.Arguments() is { } arguments)
        {
            json.WriteString("arguments", arguments.GetRawText());
        }
        else
        {
            json.WriteString("arguments", "{}");
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, ReadOnlySpan<byte> inside)
    {
        json.WritePropertyName(name);
        json.WriteRawValue([(byte)'"', .. inside, (byte)'"'], skipInputValidation: true);
    }
}
