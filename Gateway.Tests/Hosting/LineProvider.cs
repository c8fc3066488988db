using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Hosting;

/// <summary>Keeps what is logged.</summary>
internal sealed class LineProvider : ILoggerProvider
{
    private TaskCompletionSource _next = NewSignal();

    public ConcurrentQueue<(string Category, LogLevel Level, string Text)> Written { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose() => Written.Clear();

    /// <summary>Ends when a line with this text is there.</summary>
    public async Task UntilAsync(string text)
    {
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            if (Written.Any(line => line.Text == text))
            {
                return;
            }

            await next.WaitAsync(TestHost.Token);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Add(string category, LogLevel level, string text)
    {
        Written.Enqueue((category, level, text));
        Interlocked.Exchange(ref _next, NewSignal()).SetResult();
    }

    private sealed class Logger(LineProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => provider.Add(category, logLevel, formatter(state, exception));
    }
}
