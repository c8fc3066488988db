using System.Globalization;
using System.IO.Pipelines;
using Gateway.Api.Answers;
using Gateway.Api.Pipeline;
using Gateway.Api.Prices;
using Gateway.Api.Providers;
using Gateway.Api.Streaming;

namespace Gateway.Api.Tools.Replies;

/// <summary>The one answer that the rounds of a request make, on its way to the caller: as it comes, or whole at the end.</summary>
internal sealed class LoopAnswer : IDisposable
{
    private readonly GatewayRequest _request;
    private readonly PooledBodyWriter? _whole;
    private readonly AnswerWriter _writer;
    private bool _hasBegun;

    public LoopAnswer(GatewayRequest request, TimeProvider time)
    {
        _request = request;
        var output = request.Http.Response.BodyWriter;
        _whole = request.Fields.Stream ? null : new PooledBodyWriter();
        _writer = (request.Codec, _whole) switch
        {
            ({ } codec, null) => codec.NewStream(request, output),
            ({ } codec, { } whole) => codec.NewReply(request, whole),
            (null, null) => new ChatStream(request, time, output),
            (null, { } whole) => new ChatReply(request, time, whole),
        };
        Rounds = new RoundWriter(_writer, request.Tools!);
    }

    public RoundWriter Rounds { get; }

    public AnswerWriter Writer => _writer;

    private PipeWriter Output => _request.Http.Response.BodyWriter;

    /// <summary>Takes one round's answer; returns why it is none, or null.</summary>
    public async Task<Refusal?> ReadAsync(GatewayRequest round, UpstreamResult result, StreamRelay relay)
    {
        (_request.Target, _request.FirstByte) = (result.Target, _request.FirstByte ?? round.FirstByte);
        Rounds.BeginRound();
        var reader = new AnswerReader(Rounds);
        Refusal? failure;
        if (result is UpstreamStream stream)
        {
            BeginStream(round, result);
            failure = await relay.CopyAsync(round, stream, Output, reader);
        }
        else
        {
            var reply = (UpstreamReply)result;
            WarnOf(result);
            round.Progress.Add(reply.Facts);
            failure = reader.Read(reply.Body.Span) is { } fault ? Refusal.UpstreamError($"{reply.Target.Name} {fault}") : null;
        }

        if (failure is null)
        {
            Rounds.EndRound();
        }

        return failure;
    }

    /// <summary>Lets the caller see what there is, where it wants it as it comes.</summary>
    public async ValueTask FlushAsync()
    {
        if (_whole is null)
        {
            await Output.FlushAsync(_request.Http.RequestAborted);
        }
    }

    /// <summary>Ends the answer; returns why it cannot be told, or null.</summary>
    public async Task<Refusal?> EndAsync(FinishReason reason, AnswerEnd sum)
    {
        _writer.Finish(reason, Rounds.StopSequence);
        _writer.End(sum);
        if (_writer.Fault is { } fault)
        {
            return Refusal.UpstreamError($"{_request.Target!.Name} {fault}");
        }

        if (_request.Codec is { } codec)
        {
            await codec.CompleteAsync(_request);
        }

        if (_whole is not null)
        {
            await WriteAsync(_whole.Written, sum);
        }

        await FlushAsync();
        return null;
    }

    /// <summary>Ends it with an error where some of it is out; else the refusal is for somebody else to tell.</summary>
    public async Task<Refusal?> FailAsync(Refusal failure)
    {
        if (!_hasBegun)
        {
            return failure;
        }

        _writer.Fail(failure);
        if (_request.Codec is { } codec)
        {
            await codec.CompleteAsync(_request);
        }

        await FlushAsync();
        return null;
    }

    public void Dispose() => _whole?.Dispose();

    private void BeginStream(GatewayRequest round, UpstreamResult result)
    {
        if (_hasBegun)
        {
            return;
        }

        _hasBegun = true;
        WarnOf(result);
        WriteHead(round.Attempts);
        StreamRelay.WriteHead(_request.Http.Response);
    }

    private void WarnOf(UpstreamResult result)
    {
        foreach (var warning in result.Warnings.Concat(_request.Warnings))
        {
            GatewayHeaders.WarnOnce(_request.Http.Response, warning);
        }
    }

    private void WriteHead(int attempts)
    {
        var headers = _request.Http.Response.Headers;
        headers[GatewayHeaders.Attempts] = attempts.ToString(CultureInfo.InvariantCulture);
        headers[GatewayHeaders.Target] = _request.Target!.Name;
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> body, AnswerEnd sum)
    {
        var response = _request.Http.Response;
        if (_request.Tools!.Activity.Stopped is { } bound)
        {
            GatewayHeaders.Warn(response, $"tools: {LoopBounds.Words(bound)}");
        }

        WriteHead(_request.Attempts);
        if (sum.CostNanoUsd is { } cost)
        {
            response.Headers[GatewayHeaders.Cost] = NanoUsd.Format(cost);
        }

        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, _request.Http.RequestAborted);
    }
}
