using System.Diagnostics;
using StackExchange.Redis.Wire;

namespace StackExchange.Redis.Connections;

/// <summary>A command whose caller awaits what the reply means. Callers go on on the thread pool, never on the connection's reader.</summary>
internal sealed class Pending<T>(RedisCommand command, long? patience, Func<Reply, T> read, Activity? activity = null)
    : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), IPending
{
    public RedisCommand Command => command;

    public long? Patience => patience;

    public long Since { get; set; }

    public bool IsDone => Task.IsCompleted;

    public void Complete(in Reply reply)
    {
        if (reply.Kind == ReplyKind.Error)
        {
            Fail(new RedisServerException(reply.ErrorText));
            return;
        }

        T result;
        try
        {
            result = read(reply);
        }
        catch (Exception exception) when (exception is InvalidCastException or OverflowException or FormatException or IndexOutOfRangeException)
        {
            Fail(new RedisException($"{command} was answered with something else than it is by Redis. {exception.Message}", exception));
            return;
        }

        activity?.Stop();
        TrySetResult(result);
    }

    public void Fail(Exception exception)
    {
        if (TrySetException(exception) && activity is not null)
        {
            activity.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            activity.Stop();
        }

        // Whoever sent it may have stopped waiting: its failure is then nobody's.
        _ = Task.Exception;
    }
}
