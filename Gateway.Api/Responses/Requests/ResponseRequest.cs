using System.Text.Json;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;

namespace Gateway.Api.Responses.Requests;

/// <summary>One request to create a response, read and checked. Holds the body for as long as the answer may repeat something of it.</summary>
internal sealed class ResponseRequest : IDisposable
{
    private readonly PooledBody _body;
    private readonly JsonDocument _document;

    private ResponseRequest(PooledBody body, JsonDocument document) => (_body, _document) = (body, document);

    public JsonElement Root => _document.RootElement;

    public FieldFindings Findings { get; } = new();

    /// <summary>The request's body, as it came.</summary>
    public ReadOnlyMemory<byte> Body => _body.Memory;

    public bool Stores => !(Root.Find("store") is { ValueKind: JsonValueKind.False });

    public bool InBackground => Root.IsTrue("background");

    public bool Streams => Root.IsTrue("stream");

    public string? PreviousId => Root.FindText("previous_response_id");

    /// <summary>How many tools may be called for it; null where it sets no bound.</summary>
    public int? MostToolCalls => Root.Find("max_tool_calls") is { ValueKind: JsonValueKind.Number } most ? most.GetInt32() : null;

    /// <summary>Whether what the model reasoned is told as a summary, which is what clients show.</summary>
    public bool SummarizesReasoning => Root.Find("reasoning") is { } reasoning && (reasoning.Find("summary") ?? reasoning.Find("generate_summary")) is not null;

    public bool ShowsEncryptedReasoning => Includes(Requests.Includes.EncryptedReasoning);

    public bool ShowsLogprobs => Includes(Requests.Includes.Logprobs) || Root.Find("top_logprobs") is not null;

    /// <summary>Borrows the body where there is a request in it; returns why it is refused, or null.</summary>
    public static Refusal? Read(PooledBody body, out ResponseRequest? request)
    {
        request = null;
        if (RequestDocument.TryParse(body, out var document) is { } unreadable)
        {
            return unreadable;
        }

        body.Borrow();
        request = new ResponseRequest(body, document!);
        RootFields.Check(request.Root, request.Findings);
        request.CheckTogether();
        return request.Findings.Refusal;
    }

    public void Dispose()
    {
        _document.Dispose();
        _body.Dispose();
    }

    private bool Includes(string name) =>
        Root.Find("include") is { ValueKind: JsonValueKind.Array } list && list.EnumerateArray().Any(item => item.ValueEquals(name));

    private void CheckTogether()
    {
        if (InBackground && !Stores)
        {
            Findings.Refuse("A response in the background is fetched later; it takes 'store': true.", "store");
        }

        if (InBackground && Streams)
        {
            Findings.Refuse("A response in the background is polled with GET /v1/responses/{id}; this gateway does not stream it.", "stream", "unsupported_parameter");
        }
    }
}
