using System.Buffers;
using System.Text.Json;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;
using Gateway.Api.Tools.Calls;

namespace Gateway.Api.Responses.Requests;

/// <summary>Writes a request to create a response as the chat completion that answers it.</summary>
internal sealed class ChatRequest(ResponseRequest request, Context context)
{
    private readonly Approvals _approvals = new(MadeIn(request.Root));

    // The same in both APIs.
    private static readonly string[] Shared = ["temperature", "top_p", "user", "safety_identifier", "prompt_cache_key", "prompt_cache_retention", "service_tier", "product_context"];

    /// <summary>Calls of tools that the caller allows, and that are to be made before the model goes on.</summary>
    public IReadOnlyList<ApprovedCall> Approved => _approvals.Approved;

    private JsonElement Root => request.Root;

    public void Write(IBufferWriter<byte> output, ChatExtensions extensions)
    {
        var tools = new ToolWriter(request.Findings);
        tools.Read(Root);

        using var json = new Utf8JsonWriter(output, Json.WriterOptions);
        json.WriteStartObject();
        WriteAs(json, "model", "model");
        WriteMessages(json, extensions);
        WriteStream(json);
        WriteAs(json, "max_completion_tokens", "max_output_tokens");
        foreach (var name in Shared)
        {
            WriteAs(json, name, name);
        }

        if (Root.Find("reasoning")?.Find("effort") is { } effort)
        {
            json.WriteRaw("reasoning_effort", effort);
        }

        if (Root.Find("text") is { } text)
        {
            TextFormat.Write(json, text);
        }

        if (request.ShowsLogprobs)
        {
            json.WriteBoolean("logprobs", true);
            WriteAs(json, "top_logprobs", "top_logprobs");
        }

        tools.Write(json);
        json.WriteEndObject();
    }

    private void WriteAs(Utf8JsonWriter json, string name, string theirs)
    {
        if (Root.Find(theirs) is { } value)
        {
            json.WriteRaw(name, value);
        }
    }

    // What runs in the background has nobody waiting at a deadline: a stream may take its time as long as it flows.
    private void WriteStream(Utf8JsonWriter json)
    {
        if (request.InBackground)
        {
            json.WriteBoolean("stream", true);
        }
        else
        {
            WriteAs(json, "stream", "stream");
        }
    }

    private void WriteMessages(Utf8JsonWriter json, ChatExtensions extensions)
    {
        var conversation = new ConversationWriter(json, extensions, request.Findings, _approvals);
        json.WriteStartArray("messages");
        if (Root.Find("instructions") is { } instructions && !instructions.IsBlank())
        {
            conversation.AddText("system", instructions);
        }

        foreach (var item in context.Before)
        {
            conversation.Add(item, "previous_response_id");
        }

        WriteInput(conversation);
        conversation.Flush();
        json.WriteEndArray();
    }

    // A caller that keeps the conversation itself sends the calls that were allowed, and made, with it.
    private static HashSet<string> MadeIn(JsonElement root) =>
        root.Find("input") is { ValueKind: JsonValueKind.Array } items
            ? [.. items.EnumerateArray().Where(item => ItemKinds.Of(item) == ItemKinds.McpCall).Select(item => item.FindText("approval_request_id")).OfType<string>()]
            : [];

    private void WriteInput(ConversationWriter conversation)
    {
        switch (Root.Find("input"))
        {
            case null when context.Before.Count == 0:
                request.Findings.Refuse(Refusal.MissingParameter("input"));
                break;
            case null:
                break;
            case { ValueKind: JsonValueKind.String } text:
                conversation.AddText("user", text);
                break;
            case { ValueKind: JsonValueKind.Array } items:
                WriteItems(conversation, items);
                break;
            case { } other:
                request.Findings.RefuseType("input", "a string or a list", other);
                break;
        }
    }

    private void WriteItems(ConversationWriter conversation, JsonElement items)
    {
        var index = 0;
        foreach (var item in items.EnumerateArray())
        {
            var param = $"input[{index++}]";
            if (request.Findings.IsObject(item, param))
            {
                conversation.Add(context.Resolve(item), param);
            }
        }

        if (conversation.Count == 0)
        {
            request.Findings.Refuse("'input' is an empty list; it needs at least one item.", "input");
        }
    }
}
