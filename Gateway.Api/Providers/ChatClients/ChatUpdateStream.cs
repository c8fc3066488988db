using Gateway.Api.Streaming;
using Microsoft.Extensions.AI;

namespace Gateway.Api.Providers.ChatClients;

/// <summary>The updates of a chat client, read as server-sent events: each read asks for an update and hands out its chunks.</summary>
/// <param name="updates">Begun with the token of <paramref name="leaving"/>.</param>
/// <param name="leaving">Cancelled when the read that waits for an update is, and when the stream is given up.</param>
/// <param name="failed">Told of what the client threw in the middle of its answer.</param>
internal sealed class ChatUpdateStream(IAsyncEnumerator<ChatResponseUpdate> updates, ChunkedUpdates chunks, CancellationTokenSource leaving, Action<Exception> failed) : ReadOnlyStream
{
    private int _handedOut;
    private bool _hasBegun;
    private bool _isOver;
    private bool _isDisposed;

    private int Waiting => chunks.Written.Length - _handedOut;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (Waiting == 0 && !_isOver)
        {
            chunks.Clear();
            _handedOut = 0;
            await FillAsync(cancellationToken);
        }

        var count = Math.Min(Waiting, buffer.Length);
        chunks.Written.Slice(_handedOut, count).CopyTo(buffer);
        _handedOut += count;
        _hasBegun |= count > 0;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _isOver = true;
            _ = EndAsync();
        }

        base.Dispose(disposing);
    }

    // No read is under way here, so the client is not either; whatever it has to tidy up, nobody waits for.
    private async Task EndAsync()
    {
        try
        {
            await leaving.CancelAsync();
            await updates.DisposeAsync();
        }
        catch (Exception exception)
        {
            failed(exception);
        }
        finally
        {
            leaving.Dispose();
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var waiting = cancellationToken.UnsafeRegister(static leaving => ((CancellationTokenSource)leaving!).Cancel(), leaving);
            if (await updates.MoveNextAsync())
            {
                chunks.Add(updates.Current);
                return;
            }
        }
        catch (Exception exception) when (_hasBegun && !cancellationToken.IsCancellationRequested)
        {
            // Before the first chunk the exception says what failed; after it all that is left to tell is that the answer is cut.
            failed(exception);
            throw new IOException("The chat client failed in the middle of its answer.", exception);
        }

        chunks.End();
        _isOver = true;
    }
}
