using System.Text.Json;
using Local.Model.Answers;
using Local.Model.Behaviour;

namespace Local.Model.Serving;

/// <summary>Writes a generation as one JSON document.</summary>
internal static class WholeReply
{
    public static void Write(Utf8JsonWriter json, Exchange exchange, Generation generation)
    {
        var isChat = generation.Form is ReplyForm.Chat;
        json.WriteStartObject();
        json.WriteString("id", exchange.Id);
        json.WriteString("object", isChat ? "chat.completion" : "text_completion");
        json.WriteNumber("created", exchange.Created);
        json.WriteString("model", generation.Model);
        json.WriteString("system_fingerprint", Simulation.Fingerprint);
        json.WriteStartArray("choices");
        foreach (var choice in generation.Choices)
        {
            json.WriteStartObject();
            json.WriteNumber("index", choice.Index);
            if (isChat)
            {
                WriteMessage(json, choice);
                WriteChatLogprobs(json, choice, generation.Sampling.Logprobs);
            }
            else
            {
                json.WriteString("text", string.Concat(choice.Segments.Select(segment => segment.Tokens.Text)));
                WriteTextLogprobs(json, choice, generation.Sampling.Logprobs);
            }

            json.WriteString("finish_reason", choice.FinishReason);
            json.WriteString("stop_reason", choice.StopReason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        UsageWriter.Write(json, generation.PromptTokens, exchange.CompletionTokens);
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, Choice choice)
    {
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        if (choice.Segments is [{ Kind: SegmentKind.Text } text])
        {
            json.WriteString("content", text.Tokens.Text);
            json.WriteNull("refusal");
        }
        else
        {
            json.WriteNull("content");
            json.WriteNull("refusal");
            json.WriteStartArray("tool_calls");
            for (var index = 0; index + 1 < choice.Segments.Count; index += 2)
            {
                json.WriteStartObject();
                json.WriteString("id", choice.Segments[index].CallId);
                json.WriteString("type", "function");
                json.WriteStartObject("function");
                json.WriteString("name", choice.Segments[index].Tokens.Text);
                json.WriteString("arguments", choice.Segments[index + 1].Tokens.Text);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteChatLogprobs(Utf8JsonWriter json, Choice choice, int? top)
    {
        if (top is { } count && choice.Segments is [{ Kind: SegmentKind.Text } text])
        {
            LogprobsWriter.WriteChat(json, text.Tokens, 0, text.Tokens.Count, count);
        }
        else
        {
            json.WriteNull("logprobs");
        }
    }

    private static void WriteTextLogprobs(Utf8JsonWriter json, Choice choice, int? top)
    {
        if (top is not { } count)
        {
            json.WriteNull("logprobs");
            return;
        }

        var ranges = new List<TokenRange>(choice.Segments.Count);
        var offset = 0;
        foreach (var segment in choice.Segments)
        {
            ranges.Add(new TokenRange(segment.Tokens, 0, segment.Tokens.Count, offset, segment.Kind is SegmentKind.Echo));
            offset += segment.Tokens.Text.Length;
        }

        LogprobsWriter.WriteText(json, ranges, count);
    }
}
