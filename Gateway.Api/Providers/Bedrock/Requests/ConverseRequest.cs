using System.Buffers;
using System.Text.Json;

namespace Gateway.Api.Providers.Bedrock.Requests;

/// <summary>
/// Writes a request of OpenAI's as one of Converse's
/// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html), straight from its JSON. Why it cannot be
/// done, and what was left out, is in the <see cref="Translation"/> afterwards.
/// </summary>
internal static class ConverseRequest
{
    // Converse wants a user's turn first, and never none; a prompt of nothing but instructions or an assistant's greeting has it not.
    private const string FirstWords = "Begin.";

    public static void WriteChat(IBufferWriter<byte> output, JsonElement root, Translation translation) =>
        Write(output, root, new ConversationReader(translation).Read(root.GetProperty("messages")), translation);

    /// <param name="prompt">The text to go on from: one of the request's.</param>
    public static void WriteCompletion(IBufferWriter<byte> output, JsonElement root, JsonElement prompt, Translation translation)
    {
        var turn = new Turn(isUser: true);
        if (prompt.ValueKind == JsonValueKind.String && !prompt.IsBlank())
        {
            turn.Add(new Block(BlockKind.Text, prompt, "prompt"));
        }
        else
        {
            translation.Refuse($"'prompt' must be text for {translation.Model}, and not blank.", "prompt");
        }

        Write(output, root, new Conversation([], [turn], []), translation);
    }

    // 1 Decide. 2 Write, in the order of the reference.
    private static void Write(IBufferWriter<byte> output, JsonElement root, Conversation conversation, Translation translation)
    {
        var unknown = Parameters.Sort(root, translation);
        RefuseSeveralChoices(root, translation);
        var reasoning = Reasoning.Read(root, conversation, translation);
        if (!reasoning.IsCallers && root.Find("reasoning_effort") is not null)
        {
            unknown.RemoveAll(field => field.NameEquals("thinking"));
        }

        var structured = StructuredOutput.Read(root, translation);
        var tools = ToolPlan.Read(root, conversation, structured, reasoning, translation);
        var inference = Inference.Read(root, reasoning, translation);
        translation.StopSequence = inference.Stop is [var only] ? only : null;
        translation.IncludesUsage = root.Find("stream_options")?.IsTrue("include_usage") ?? false;
        if (conversation.EndsWithAssistant && translation.Quirks.RefusesPrefill)
        {
            translation.Refuse($"The last message is the assistant's; {translation.Model} does not go on from words put into its mouth. End with a user's message.", "messages");
        }

        using var json = new Utf8JsonWriter(output, Json.WriterOptions);
        var blocks = new BlockWriter(json, translation);
        json.WriteStartObject();
        WriteSystem(json, blocks, conversation, StructuredOutput.IsAnyObject(root));
        WriteMessages(json, blocks, conversation, translation);
        inference.Write(json);
        tools.Write(json);
        new AdditionalFields(json, translation).Write(inference, tools.IsOneCallAtATime, unknown);
        if (translation.Quirks.HasStructuredOutput)
        {
            structured?.Write(json);
        }

        json.WriteEndObject();
    }

    private static void RefuseSeveralChoices(JsonElement root, Translation translation)
    {
        if (root.Find("n") is { } n && (n.ValueKind != JsonValueKind.Number || n.GetDouble() != 1))
        {
            translation.Refuse($"'n' is {n}; {translation.Model} makes one choice a request.", "n");
        }
    }

    private static void WriteSystem(Utf8JsonWriter json, BlockWriter blocks, Conversation conversation, bool wantsObject)
    {
        if (conversation.System.Count == 0 && !wantsObject)
        {
            return;
        }

        json.WriteStartArray("system");
        foreach (var block in conversation.System)
        {
            blocks.Write(block);
        }

        if (wantsObject)
        {
            WriteText(json, "Answer with one JSON object and nothing else: no words around it and no code fence.");
        }

        json.WriteEndArray();
    }

    private static void WriteMessages(Utf8JsonWriter json, BlockWriter blocks, Conversation conversation, Translation translation)
    {
        json.WriteStartArray("messages");
        if (conversation.Turns is not [{ IsUser: true }, ..])
        {
            json.WriteStartObject();
            json.WriteString("role", "user");
            json.WriteStartArray("content");
            WriteText(json, FirstWords);
            json.WriteEndArray();
            json.WriteEndObject();
            translation.Warn($"a first user message '{FirstWords}' was added: {translation.Model} takes no conversation without");
        }

        foreach (var turn in conversation.Turns)
        {
            json.WriteStartObject();
            json.WriteString("role", turn.IsUser ? "user" : "assistant");
            json.WriteStartArray("content");
            foreach (var block in turn.Blocks)
            {
                blocks.Write(block);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
