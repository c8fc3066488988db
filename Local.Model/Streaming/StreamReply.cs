using Local.Model.Behaviour;
using Local.Model.Serving;

namespace Local.Model.Streaming;

/// <summary>
/// Sends a generation as server-sent events, in step with the pacer and the faults of its script:
/// 1. the role of each choice; 2. one token of each choice in turn; 3. each choice's finish as it comes; 4. usage; 5. [DONE].
/// </summary>
internal sealed class StreamReply(Exchange exchange, Generation generation, TimeProvider time)
{
    private const int BatchSize = 32;

    private readonly Fault? _cut = exchange.Script.Find(FaultKind.Cut);
    private Fault? _stall = exchange.Script.Find(FaultKind.Stall);
    private Fault? _malformed = exchange.Script.Find(FaultKind.Malformed);

    public async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        var http = exchange.Http;
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        var pipe = http.Response.BodyWriter;
        using var chunks = new ChunkWriter(pipe, exchange, generation);
        await pipe.FlushAsync(cancellationToken);
        await exchange.Pacer.FirstAsync(cancellationToken);

        // 1.
        if (generation.Form is ReplyForm.Chat)
        {
            foreach (var choice in generation.Choices)
            {
                chunks.Role(choice.Index);
            }
        }

        // 2. and 3.
        var cursors = generation.Choices.Select(choice => new ChoiceCursor(choice)).ToArray();
        for (var (step, open) = (1, cursors.Length); open > 0; step++)
        {
            foreach (var cursor in cursors)
            {
                if (cursor.IsFinished)
                {
                    continue;
                }

                if (await StruckAsync(chunks, cancellationToken))
                {
                    exchange.IsFaulted = true;
                    return;
                }

                if (!Send(chunks, cursor))
                {
                    open--;
                }
            }

            if (exchange.Pacer.IsPaced || step % BatchSize == 0)
            {
                await pipe.FlushAsync(cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (open > 0)
            {
                await exchange.Pacer.NextAsync(cancellationToken);
            }
        }

        // 4. and 5.
        if (generation.Sampling.IncludeUsage)
        {
            chunks.Usage(exchange.CompletionTokens);
        }

        exchange.IsFaulted = exchange.Script.Find(FaultKind.NoDone) is not null;
        if (!exchange.IsFaulted)
        {
            chunks.Done();
        }

        await pipe.FlushAsync(cancellationToken);
    }

    /// <summary>Sends the cursor's next piece, or its finish and false.</summary>
    private bool Send(ChunkWriter chunks, ChoiceCursor cursor)
    {
        if (!cursor.TryNext(out var piece))
        {
            chunks.Finish(cursor.Choice, exchange.CompletionTokens);
            cursor.IsFinished = true;
            return false;
        }

        exchange.FirstToken();
        exchange.CompletionTokens += piece.Generated;
        chunks.Piece(cursor.Choice.Index, piece, cursor.Offset, exchange.CompletionTokens);
        return true;
    }

    /// <summary>Lets the faults strike that are due by now; true where nothing more can be sent.</summary>
    private async ValueTask<bool> StruckAsync(ChunkWriter chunks, CancellationToken cancellationToken)
    {
        if (exchange.Script.Faults.Count == 0)
        {
            return false;
        }

        var sent = exchange.CompletionTokens;
        if (_malformed is { } malformed && sent >= malformed.AfterTokens)
        {
            _malformed = null;
            chunks.Malformed();
        }

        if (_cut is { } cut && sent >= cut.AfterTokens)
        {
            await exchange.Http.Response.BodyWriter.FlushAsync(cancellationToken);
            await Connection.ResetAsync(exchange.Http, time);
            return true;
        }

        if (_stall is { } stall && sent >= stall.AfterTokens)
        {
            _stall = null;
            await exchange.Http.Response.BodyWriter.FlushAsync(cancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(stall.DurationMs), time, cancellationToken);
        }

        return false;
    }
}
