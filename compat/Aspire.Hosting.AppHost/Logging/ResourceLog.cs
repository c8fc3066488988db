using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The lines of one resource, the oldest dropped past a bound; as a logger it adds what the host has to say of the resource.</summary>
internal sealed class ResourceLog(string name, Action<string, LogLine> written) : ILogger
{
    private const int MaxLines = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _backlog = new();
    private readonly List<ChannelWriter<LogLine>> _watchers = [];
    private int _lines;

    public void Write(string content, bool isError)
    {
        LogLine line;
        lock (_lock)
        {
            line = new LogLine(++_lines, content, isError);
            _backlog.Enqueue(line);
            if (_backlog.Count > MaxLines)
            {
                _backlog.Dequeue();
            }

            foreach (var watcher in _watchers)
            {
                watcher.TryWrite(line);
            }
        }

        written(name, line);
    }

    public IReadOnlyList<LogLine> Snapshot()
    {
        lock (_lock)
        {
            return [.. _backlog];
        }
    }

    public IReadOnlyList<LogLine> Watch(ChannelWriter<LogLine> watcher)
    {
        lock (_lock)
        {
            _watchers.Add(watcher);
            return [.. _backlog];
        }
    }

    public void Unwatch(ChannelWriter<LogLine> watcher)
    {
        lock (_lock)
        {
            _watchers.Remove(watcher);
        }
    }

    public void Complete()
    {
        lock (_lock)
        {
            _watchers.ForEach(watcher => watcher.TryComplete());
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Write(exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}", logLevel >= LogLevel.Error);
        }
    }
}
