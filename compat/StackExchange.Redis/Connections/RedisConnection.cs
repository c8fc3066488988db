using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using StackExchange.Redis.Wire;

namespace StackExchange.Redis.Connections;

/// <summary>
/// One connection. Callers write their commands into a pipe; one loop takes out all that has gathered there and sends it at
/// once; another loop reads replies and hands them to the commands in the order in which they were sent.
/// </summary>
internal sealed class RedisConnection
{
    // A server that takes nothing any more must not fill this process's memory.
    private const long MaximumUnsent = 64L * 1024 * 1024;
    private const int Segment = 64 * 1024;

    private static readonly PipeOptions Unpaused = new(pauseWriterThreshold: 0, minimumSegmentSize: Segment, useSynchronizationContext: false);

    private readonly Stream _stream;
    private readonly string _name;
    private readonly TimeProvider _clock;
    private readonly Pipe _outgoing = new(Unpaused);
    private readonly ConcurrentQueue<IPending> _waiting = new();
    private readonly TaskCompletionSource<RedisConnectionException> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly Func<Reply, bool> _isMessage;
    private long _unsent;
    private long _lastRead;
    private bool _isBroken;

    /// <param name="stream">Connected; it is disposed of when the connection breaks.</param>
    /// <param name="name">The server's address.</param>
    /// <param name="clock">What commands wait by.</param>
    /// <param name="isMessage">Takes what the server sends unasked, and says whether that was it.</param>
    public RedisConnection(Stream stream, string name, TimeProvider clock, Func<Reply, bool> isMessage)
    {
        _stream = stream;
        _name = name;
        _clock = clock;
        _isMessage = isMessage;
        _lastRead = clock.GetTimestamp();
        _ = SendAsync();
        _ = ReceiveAsync();
    }

    /// <summary>Ends when the connection does, and says why.</summary>
    public Task<RedisConnectionException> Broken => _broken.Task;

    /// <summary>False where the connection is broken.</summary>
    public bool TrySend(IPending pending, ReadOnlySpan<RedisValue> arguments)
    {
        lock (_gate)
        {
            if (TryEnqueue(pending) is not { } proceed)
            {
                return false;
            }

            if (proceed)
            {
                Interlocked.Add(ref _unsent, RequestWriter.Write(_outgoing.Writer, pending.Command, arguments));
                Flush();
            }

            return true;
        }
    }

    /// <summary>The same with a command that was written before.</summary>
    public bool TrySendWritten(IPending pending, byte[] written)
    {
        lock (_gate)
        {
            if (TryEnqueue(pending) is not { } proceed)
            {
                return false;
            }

            if (proceed)
            {
                _outgoing.Writer.Write(written);
                Interlocked.Add(ref _unsent, written.Length);
                Flush();
            }

            return true;
        }
    }

    /// <summary>Fails commands that have waited too long, and the connection where nothing came for as long as one of them waited.</summary>
    public void Sweep(long now, TimeSpan keepAlive, long patience)
    {
        var silence = now - Interlocked.Read(ref _lastRead);
        var isHung = false;
        foreach (var pending in _waiting)
        {
            if (pending.Patience is not { } limit || now - pending.Since < limit)
            {
                break;
            }

            isHung |= silence >= limit;
            if (!pending.IsDone)
            {
                var milliseconds = (long)_clock.GetElapsedTime(pending.Since, now).TotalMilliseconds;
                pending.Fail(new RedisTimeoutException($"{pending.Command} was not answered by Redis at {_name} for {milliseconds} ms.", CommandStatus.Sent));
            }
        }

        if (isHung)
        {
            Break(ConnectionFailureType.SocketFailure, "nothing came for as long as a command may take");
        }
        else if (_waiting.IsEmpty && _clock.GetElapsedTime(now - silence, now) > keepAlive)
        {
            TrySend(new Discarded(Commands.Ping, patience), []);
        }
    }

    /// <summary>Ends the connection; all that wait for a reply fail.</summary>
    public void Break(ConnectionFailureType type, string reason, Exception? cause = null)
    {
        lock (_gate)
        {
            if (_isBroken)
            {
                return;
            }

            _isBroken = true;
            _outgoing.Writer.Complete();
        }

        _stream.Dispose();
        while (_waiting.TryDequeue(out var pending))
        {
            pending.Fail(new RedisConnectionException(
                type, $"The connection to Redis at {_name} broke ({type}: {reason}) while {pending.Command} waited for its reply.", cause));
        }

        _broken.SetResult(new RedisConnectionException(type, $"The connection to Redis at {_name} broke ({type}: {reason}).", cause));
    }

    // Null: broken. False: the command has failed already.
    private bool? TryEnqueue(IPending pending)
    {
        if (_isBroken)
        {
            return null;
        }

        if (Interlocked.Read(ref _unsent) > MaximumUnsent)
        {
            pending.Fail(new RedisConnectionException(
                ConnectionFailureType.SocketFailure, $"{pending.Command} was not sent: Redis at {_name} has not yet taken {MaximumUnsent} bytes that were sent before."));
            return false;
        }

        if (pending.Since == 0)
        {
            pending.Since = _clock.GetTimestamp();
        }

        _waiting.Enqueue(pending);
        return true;
    }

    // The pipe is never full, so that this never waits: it wakes the sender if that sleeps.
    private void Flush()
    {
        var flush = _outgoing.Writer.FlushAsync();
        if (!flush.IsCompletedSuccessfully)
        {
            _ = flush.AsTask();
        }
    }

    private async Task SendAsync()
    {
        var reader = _outgoing.Reader;
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync();
                foreach (var piece in result.Buffer)
                {
                    await _stream.WriteAsync(piece);
                }

                await _stream.FlushAsync();
                Interlocked.Add(ref _unsent, -result.Buffer.Length);
                reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            Break(ConnectionFailureType.SocketFailure, exception.Message, exception);
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private async Task ReceiveAsync()
    {
        var reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: Segment, minimumReadSize: 4096, leaveOpen: true));
        var parser = new ReplyParser();
        try
        {
            ReadResult result;
            do
            {
                result = await reader.ReadAsync();
                Interlocked.Exchange(ref _lastRead, _clock.GetTimestamp());
                reader.AdvanceTo(HandOut(parser, result.Buffer), result.Buffer.End);
            }
            while (!result.IsCompleted);

            Break(ConnectionFailureType.SocketClosed, "the server closed it");
        }
        catch (ReplyException exception)
        {
            Break(ConnectionFailureType.ProtocolFailure, $"the server sent what is no reply: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            Break(ConnectionFailureType.SocketFailure, exception.Message, exception);
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private SequencePosition HandOut(ReplyParser parser, ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        while (parser.TryRead(ref reader, out var reply))
        {
            // What RESP3 pushes is no reply, except that it confirms subscriptions so.
            if (_isMessage(reply) || (reply.Kind == ReplyKind.Push && !SubscriptionHub.IsConfirmation(reply)))
            {
                continue;
            }

            if (!_waiting.TryDequeue(out var pending))
            {
                // Redis says so before it closes a connection: -ERR max number of clients reached
                throw new ReplyException(reply.Kind == ReplyKind.Error ? reply.ErrorText : "a reply that nothing waited for");
            }

            pending.Complete(reply);
        }

        return reader.Position;
    }
}
