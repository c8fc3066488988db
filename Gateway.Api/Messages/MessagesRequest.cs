using System.Text.Json;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Messages;

/// <summary>Writes a request of the Messages API as a chat completion's.</summary>
internal sealed class MessagesRequest(JsonElement root, ChatDraft draft)
{
    private static readonly string[] Known =
    [
        "model", "max_tokens", "messages", "system", "tools", "tool_choice", "stop_sequences", "temperature", "top_p", "top_k", "metadata", "stream", "thinking",
        "service_tier", "output_config",
    ];

    // They bear on what is kept of the conversation, who is told of it and how fast it goes, not on the answer.
    private static readonly string[] Ignored = ["cache_control", "context_management", "diagnostics", "speed", "user_profile_id"];

    private readonly Utf8JsonWriter _json = draft.Json;
    private readonly ContentWriter _content = new(draft);

    public PictureCount Pictures => _content.Pictures;

    /// <param name="countsOnly">Whether <c>max_tokens</c> may be missing.</param>
    public void Write(bool countsOnly)
    {
        if (root.Find("thread") is not null)
        {
            draft.Refuse(AnthropicErrors.NoThreads);
        }

        draft.Expect(root, param: null, Known, Ignored);
        _json.WriteStartObject();

        // The scanner that reads the chat form tells what is wrong with these two.
        WriteAs("model", "model");
        WriteAs("stream", "stream");
        WriteMessages();
        WriteMaxTokens(countsOnly);
        WriteStops();
        WriteAs("temperature", "temperature");
        WriteAs("top_p", "top_p");
        if (root.Find("top_k") is { } topK)
        {
            draft.Extend("top_k", topK, "top_k was ignored");
        }

        new ToolsWriter(root, draft).Write();
        WriteUser();
        WriteServiceTier();
        new ThinkingWriter(root, draft).Write();
        WriteFormat();
        _json.WriteEndObject();
    }

    private void WriteAs(string name, string chatName)
    {
        if (root.Find(name) is { } value)
        {
            _json.WriteRaw(chatName, value);
        }
    }

    private void WriteMessages()
    {
        _json.WriteStartArray("messages");
        WriteSystem();
        if (root.Find("messages") is not { } messages)
        {
            draft.Refuse(Refusal.MissingParameter("messages"));
        }
        else if (messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
        {
            draft.Refuse("'messages' must be a list of at least one message.", "messages");
        }
        else
        {
            new ConversationWriter(draft, _content).Write(messages);
        }

        _json.WriteEndArray();
    }

    private void WriteSystem()
    {
        if (root.Find("system") is { } system)
        {
            _content.WriteMessage("system", system, "system", ContentKinds.Text);
        }
    }

    private void WriteMaxTokens(bool countsOnly)
    {
        if (root.Find("max_tokens") is not { } maxTokens)
        {
            if (!countsOnly)
            {
                draft.Refuse(Refusal.MissingParameter("max_tokens"));
            }
        }
        else if (maxTokens.ValueKind != JsonValueKind.Number || !maxTokens.TryGetInt32(out var count) || count < 1)
        {
            draft.Refuse("'max_tokens' must be a whole number from 1 on.", "max_tokens");
        }
        else
        {
            _json.WriteRaw("max_completion_tokens", maxTokens);
        }
    }

    private void WriteStops()
    {
        if (root.Find("stop_sequences") is not { } stops)
        {
            return;
        }

        if (stops.ValueKind != JsonValueKind.Array || stops.EnumerateArray().Any(stop => stop.ValueKind != JsonValueKind.String))
        {
            draft.Refuse("'stop_sequences' must be a list of strings.", "stop_sequences");
        }
        else if (stops.GetArrayLength() > 0)
        {
            _json.WriteRaw("stop", stops);
        }
    }

    private void WriteUser()
    {
        if (root.Find("metadata") is not { } metadata)
        {
            return;
        }

        if (metadata.ValueKind != JsonValueKind.Object)
        {
            draft.Refuse("'metadata' must be an object.", "metadata");
            return;
        }

        draft.Expect(metadata, "metadata", ["user_id"]);
        if (metadata.Find("user_id") is { } user)
        {
            _json.WriteRaw("user", user);
        }
    }

    private void WriteServiceTier()
    {
        switch (root.Find("service_tier"))
        {
            case null or { ValueKind: JsonValueKind.String } when root.FindText("service_tier") is null or "auto":
                break;
            case { ValueKind: JsonValueKind.String } when root.FindText("service_tier") == "standard_only":
                _json.WriteString("service_tier", "default");
                break;
            default:
                draft.Refuse("'service_tier' must be auto or standard_only.", "service_tier");
                break;
        }
    }

    // {"output_config":{"format":{"type":"json_schema","schema":{…}}}}
    private void WriteFormat()
    {
        if (root.Find("output_config")?.Find("format") is not { } format)
        {
            return;
        }

        if (format.FindText("type") != "json_schema" || format.Find("schema") is not { ValueKind: JsonValueKind.Object } schema)
        {
            draft.Refuse("'output_config.format' must be of type json_schema with a schema.", "output_config.format");
            return;
        }

        _json.WriteStartObject("response_format");
        _json.WriteString("type", "json_schema");
        _json.WriteStartObject("json_schema");
        _json.WriteString("name", "answer");
        _json.WriteBoolean("strict", true);
        _json.WriteRaw("schema", schema);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }
}
