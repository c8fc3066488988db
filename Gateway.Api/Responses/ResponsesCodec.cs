using System.Buffers;
using System.Text.Json;
using Gateway.Api.Answers;
using Gateway.Api.Flags;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;
using Gateway.Api.Responses.Background;
using Gateway.Api.Responses.Replies;
using Gateway.Api.Responses.Requests;

namespace Gateway.Api.Responses;

/// <summary>One request to <c>/v1/responses</c> as a chat completion, and its answer as a response.</summary>
/// <param name="contexts">Fetches what it goes on from.</param>
/// <param name="keeper">Keeps what is made.</param>
/// <param name="runs">Takes over what is to run in the background.</param>
/// <param name="flags">Whether responses are stored, and made in the background, at all.</param>
/// <param name="time">The clock.</param>
/// <param name="run">The run in the background that this is; null where the caller waits for the answer.</param>
internal sealed class ResponsesCodec(ContextReader contexts, ResponseKeeper keeper, BackgroundRuns runs, FeatureFlags flags, TimeProvider time, BackgroundRun? run = null) : ApiCodec, IDisposable
{
    private readonly ArrayBufferWriter<byte> _items = new();
    private ResponseRequest? _request;
    private ResponseDraft? _draft;
    private ResponseWriter? _writer;
    private Range _input;

    public override async ValueTask<Refusal?> TranslateAsync(GatewayRequest request)
    {
        try
        {
            return await ReadAsync(request);
        }
        catch (InvalidOperationException noText) when (noText.IsOfText())
        {
            return Json.NoUnicode;
        }
    }

    /// <summary>What runs in the background is kept from now on, and whoever asked for it is told.</summary>
    public override async ValueTask AdmittedAsync(GatewayRequest request)
    {
        if (run is not null && await keeper.TryKeepRunningAsync(run, BodyOf(new ResponseState(ResponseStatus.InProgress) { IsStored = true }), ItemsWith(output: null), _input))
        {
            WarnOf(request);
            run.Admit(BodyOf(new ResponseState(ResponseStatus.Queued) { IsStored = true }), request.Http.Response.Headers);
        }
    }

    public override AnswerWriter NewReply(GatewayRequest request, IBufferWriter<byte> output) => _writer = new ResponseWriter(_draft!, request, time, output, isStream: false);

    public override AnswerWriter NewStream(GatewayRequest request, IBufferWriter<byte> output)
    {
        WarnOfStore(request.Http.Response);
        return _writer = new ResponseWriter(_draft!, request, time, output, isStream: true);
    }

    public override async ValueTask CompleteAsync(GatewayRequest request)
    {
        if (_draft!.IsStored && _writer!.Final is { } final)
        {
            var (body, items) = (BodyOf(final), ItemsWith(_writer.Output));
            if (run is not null)
            {
                await keeper.EndAsync(run, body, items, _input);
            }
            else if (await keeper.KeepAsync(_draft.Id, request.Caller.Tenant, body, items, _input) is { } warning)
            {
                _draft.IsStored = false;
                Warn(request.Http.Response, warning);
            }
        }

        _writer!.Complete();
    }

    /// <summary>Notes that a run ended without an answer.</summary>
    public ValueTask FailAsync(BackgroundRun failed, ResponseError error) =>
        keeper.EndAsync(failed, BodyOf(new ResponseState(ResponseStatus.Failed) { Error = error, IsStored = true }), ItemsWith(output: null), _input);

    public void Dispose()
    {
        _writer?.Dispose();
        _request?.Dispose();
    }

    private async ValueTask<Refusal?> ReadAsync(GatewayRequest request)
    {
        if (ResponseRequest.Read(request.Body!, out _request) is { } refusal)
        {
            return refusal;
        }

        if (_request!.InBackground && run is null)
        {
            if (!await flags.IsOnAsync(GatewayFlags.BackgroundResponses, request.Caller))
            {
                return ResponseRefusals.BackgroundIsOff();
            }

            await runs.StartAsync(request.Http, _request.Body);
            request.IsAnswered = true;
            return null;
        }

        var (missing, context) = await contexts.ReadAsync(_request, request.Caller.Tenant, request.Cancelled);
        var isStored = _request.Stores && (run is not null || await flags.IsOnAsync(GatewayFlags.StoredResponses, request.Caller));
        return missing ?? Translate(request, context, isStored);
    }

    private Refusal? Translate(GatewayRequest request, Context context, bool isStored)
    {
        using var chat = new PooledBodyWriter(request.Body!.Length + 512);
        var extensions = new ChatExtensions();
        var written = new ChatRequest(_request!, context);
        written.Write(chat, extensions);
        if (_request!.Findings.Refusal is { } refusal)
        {
            return refusal;
        }

        foreach (var warning in _request.Findings.Warnings)
        {
            request.Warn(warning);
        }

        _draft = run is null ? new ResponseDraft(_request, request.StartedAt.ToUnixTimeSeconds()) : new ResponseDraft(_request, request.StartedAt.ToUnixTimeSeconds(), run.Id);
        if (_draft.IsStored && !isStored)
        {
            request.Warn("the response is not stored: storing responses is switched off here");
        }

        _draft.IsStored = isStored;
        if (isStored)
        {
            _input = StoredItems.Write(_items, _request.Root, context, _draft.Id);
        }

        request.Extensions = extensions;
        request.Approved = written.Approved;
        request.MostToolCalls = _request.MostToolCalls;
        request.Body.Dispose();
        request.Body = chat.ToBody();
        return null;
    }

    // A background run's caller has its answer before the pipeline writes any header.
    private static void WarnOf(GatewayRequest request)
    {
        foreach (var warning in request.Warnings)
        {
            Warn(request.Http.Response, warning);
        }
    }

    // A stream's head goes out before it is known for certain.
    private void WarnOfStore(HttpResponse response)
    {
        if (_draft!.IsStored && run is null && !keeper.IsAvailable)
        {
            _draft.IsStored = false;
            Warn(response, ResponseKeeper.NotStored);
        }
    }

    private static void Warn(HttpResponse response, string warning)
    {
        // Of a stream whose head is out, the log alone tells.
        if (response.HasStarted)
        {
            return;
        }

        var others = response.Headers[GatewayHeaders.Warnings].ToString();
        response.Headers[GatewayHeaders.Warnings] = others.Length == 0 ? warning : $"{others}; {warning}";
    }

    private byte[] BodyOf(ResponseState state)
    {
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output, Json.WriterOptions);
        _draft!.Json.Write(json, state);
        json.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The whole list: what was written of it, and the output behind it.</summary>
    private byte[] ItemsWith(Output? output)
    {
        var items = new ArrayBufferWriter<byte>(_items.WrittenCount + 16);
        items.Write(_items.WrittenSpan);
        var isEmpty = _input.End.Value == 0;
        foreach (var item in output?.Items ?? [])
        {
            items.Write(isEmpty ? default : ","u8);
            isEmpty = false;
            using var json = new Utf8JsonWriter(items, Json.WriterOptions);
            ItemJson.Write(json, output!, item, withEncryptedContent: true);
        }

        items.Write("]"u8);
        return items.WrittenSpan.ToArray();
    }
}
