using System.Buffers;
using System.Text.Json;
using Gateway.Api.Answers;
using Gateway.Api.Pipeline;
using Gateway.Api.Streaming;
using Gateway.Api.Tools.Calls;
using Gateway.Api.Tools.Offers;

namespace Gateway.Api.Responses.Replies;

/// <summary>
/// Makes the events of an answer the items of a response. A streamed one tells each step of it; the last word, the response itself, is
/// said by <see cref="Complete"/>, when it is known whether it could be stored.
/// </summary>
internal sealed class ResponseWriter : AnswerWriter, IDisposable
{
    private readonly ResponseDraft _draft;
    private readonly GatewayRequest _gateway;
    private readonly TimeProvider _time;
    private readonly IBufferWriter<byte> _destination;
    private readonly EventStream? _events;
    private readonly PartKind _reasoningPart;
    private string? _model;
    private string? _incompleteReason;
    private ResponseState? _final;
    private byte[] _logprobs = [];

    public ResponseWriter(ResponseDraft draft, GatewayRequest gateway, TimeProvider time, IBufferWriter<byte> destination, bool isStream)
    {
        (_draft, _gateway, _time, _destination) = (draft, gateway, time, destination);
        _reasoningPart = draft.Request.SummarizesReasoning ? PartKind.ReasoningSummary : PartKind.Reasoning;
        _events = isStream ? new EventStream(destination, draft.Json, draft.Request.ShowsEncryptedReasoning) : null;
        Output = new Output(draft.Id);
    }

    public Output Output { get; }

    /// <summary>The response as it ended; null before that.</summary>
    public ResponseState? Final => _final is null ? null : _final with { IsStored = _draft.IsStored };

    public override void Begin(ReadOnlySpan<byte> model)
    {
        _model = model.IsEmpty ? _gateway.Target?.Model : JsonElement.Parse([(byte)'"', .. model, (byte)'"']).GetString();
        _events?.Response("response.created", StateOf(ResponseStatus.InProgress));
        _events?.Response("response.in_progress", StateOf(ResponseStatus.InProgress));
    }

    public override void Reasoning(ReadOnlySpan<byte> text) => Append(OutputKind.Reasoning, _reasoningPart, text);

    public override void Signature(ReadOnlySpan<byte> signature)
    {
        if (Output.Open is not { Kind: OutputKind.Reasoning })
        {
            BeginItem(OutputKind.Reasoning);
        }

        EndPart();
        Output.Sign(signature);
        EndItem(OutputStatus.Completed);
    }

    public override void RedactedReasoning(ReadOnlySpan<byte> data)
    {
        BeginItem(OutputKind.Reasoning);
        Output.Redact(data);
        EndItem(OutputStatus.Completed);
    }

    public override void Logprobs(ReadOnlySpan<byte> list) => _logprobs = Json.OnOneLine(list[1..^1]);

    public override void Text(ReadOnlySpan<byte> text) => Append(OutputKind.Message, PartKind.Text, text);

    public override void Refusal(ReadOnlySpan<byte> text) => Append(OutputKind.Message, PartKind.Refusal, text);

    public override void ToolCall(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
    {
        EndItem(OutputStatus.Completed);
        var call = Output.BeginCall(id, name);
        _events?.ItemAdded(Output, call);
        BeginPart(PartKind.Arguments);
    }

    public override void Arguments(ReadOnlySpan<byte> fragment)
    {
        Output.Append(fragment);
        _events?.Delta(PartKind.Arguments, fragment, default);
    }

    public override void Servers(IReadOnlyList<OfferedTool> tools)
    {
        foreach (var server in tools.GroupBy(tool => tool.Label))
        {
            Add(OutputKind.McpListTools, McpItems.Tools(server.Key, [.. server]), McpItems.Tools(server.Key, []));
        }
    }

    public override void Approval(PendingCall call) => Add(OutputKind.McpApprovalRequest, McpItems.Approval(call), McpItems.Approval(call));

    public override void CallDone(FinishedCall call)
    {
        // What the model has invented is no call of any server.
        if (call.Server is not null)
        {
            Add(OutputKind.McpCall, McpItems.Call(call), McpItems.CallBegun(call), call.Call.RawArguments, call.Error is null ? "completed" : "failed");
        }
    }

    public override void Finish(FinishReason reason, ReadOnlySpan<byte> stopSequence) => _incompleteReason = reason switch
    {
        FinishReason.Length => "max_output_tokens",
        FinishReason.ContentFilter => "content_filter",
        _ => null,
    };

    public override void KeepAlive() => _events?.KeepAlive();

    public override void End(in AnswerEnd end)
    {
        if (Output.Items.Count == 0)
        {
            Append(OutputKind.Message, PartKind.Text, default);
        }

        EndItem(_incompleteReason is null ? OutputStatus.Completed : OutputStatus.Incomplete);
        _final = StateOf(_incompleteReason is null ? ResponseStatus.Completed : ResponseStatus.Incomplete) with
        {
            IncompleteReason = _incompleteReason,
            End = end,
            CompletedAt = _incompleteReason is null ? _time.GetUtcNow().ToUnixTimeSeconds() : null,
            ServiceTier = _gateway.Progress.ServiceTier,
        };
    }

    public override void Fail(Refusal failure)
    {
        // What was left open is left so: no event says that it is done.
        if (Output.OpenPart is not null)
        {
            Output.EndPart();
        }

        if (Output.Open is { } open)
        {
            open.Status = OutputStatus.Incomplete;
        }

        _final = StateOf(ResponseStatus.Failed) with { Error = ResponseError.Of(failure) };
    }

    /// <summary>Says the last word.</summary>
    public void Complete()
    {
        if (Final is not { } final)
        {
            return;
        }

        if (_events is not null)
        {
            _events.Response($"response.{final.Status}", final, Details(final));
            return;
        }

        using var json = new Utf8JsonWriter(_destination, Json.WriterOptions);
        _draft.Json.Write(json, final);
    }

    public void Dispose()
    {
        _events?.Dispose();
        Output.Dispose();
    }

    private ReadOnlySpan<byte> Details(ResponseState final)
    {
        if (!_gateway.WantsDetails)
        {
            return default;
        }

        var details = new ArrayBufferWriter<byte>();
        StreamDetails.Write(details, _gateway, final.End?.CostNanoUsd);
        return details.WrittenSpan;
    }

    private void Append(OutputKind kind, PartKind part, ReadOnlySpan<byte> text)
    {
        if (Output.Open?.Kind != kind)
        {
            BeginItem(kind);
        }

        if (Output.OpenPart != part)
        {
            EndPart();
            BeginPart(part);
        }

        if (text.IsEmpty)
        {
            return;
        }

        Output.Append(text);
        Output.AppendLogprobs(_logprobs);
        _events?.Delta(part, text, _logprobs);
        _logprobs = [];
    }

    private void Add(OutputKind kind, Action<Utf8JsonWriter> whole, Action<Utf8JsonWriter> begun, ReadOnlySpan<byte> arguments = default, string end = "completed")
    {
        EndItem(OutputStatus.Completed);
        var item = Output.Add(kind, whole);
        _events?.McpItem(Output, item, begun, arguments, end);
    }

    private void BeginItem(OutputKind kind)
    {
        EndItem(OutputStatus.Completed);
        var item = Output.Begin(kind);
        _events?.ItemAdded(Output, item);
    }

    private void EndItem(OutputStatus status)
    {
        EndPart();
        if (Output.Open is { } open)
        {
            open.Status = status;
            _events?.ItemDone(Output, open);
        }
    }

    private void BeginPart(PartKind kind)
    {
        Output.BeginPart(kind);
        _events?.PartAdded(Output.Open!, kind);
    }

    private void EndPart()
    {
        if (Output.OpenPart is not null)
        {
            var part = Output.EndPart();
            _events?.PartDone(Output, Output.Open!, part);
        }
    }

    private ResponseState StateOf(string status) => new(status) { Model = _model, Output = Output, IsStored = _draft.IsStored };
}
