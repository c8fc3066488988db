using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Aws;

/// <summary>
/// The AWS credentials of the process, found once and kept fresh in the background, so that no request waits for them. Where there are
/// none it goes on looking: they may come later.
/// </summary>
public sealed partial class AwsCredentialSource : IDisposable
{
    /// <summary>The chain refreshes what is about to expire minutes ahead, when it is asked; so it is asked this often.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Func<CancellationToken, Task<AwsCredentials>> _find;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _end = new();
    private volatile AwsCredentials? _credentials;
    private volatile string? _problem = "they are still being looked for";
    private bool? _wasUsable;

    /// <param name="find">Finds credentials, such as <see cref="AwsCredentialChain.FindAsync"/>; throws where there are none.</param>
    public AwsCredentialSource(Func<CancellationToken, Task<AwsCredentials>> find, TimeProvider time, ILogger logger)
    {
        _find = find;
        _time = time;
        _logger = logger;
    }

    /// <summary>Raised when there are credentials where there were none, or the other way about.</summary>
    public event Action? Changed;

    /// <summary>What to sign with now; null where there is nothing, or nothing that has not expired.</summary>
    public AwsCredentials? Current => _credentials is { } found && !(found.ExpiresAt <= _time.GetUtcNow()) ? found : null;

    /// <summary>Why there are none.</summary>
    public string? Problem => Current is not null ? null : _credentials is { ExpiresAt: { } end } ? Expired(end, _problem) : _problem;

    /// <summary>Begins to look. What is found at once is there at once; what comes later is told by <see cref="Changed"/>.</summary>
    public void Start() => _ = RunAsync();

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        var end = _end.Token;
        try
        {
            var first = RefreshAsync(end);
            var wasAtOnce = first.IsCompleted;
            await first;
            if (!wasAtOnce && Current is not null)
            {
                Changed?.Invoke();
            }

            using var timer = new PeriodicTimer(Interval, _time);
            while (await timer.WaitForNextTickAsync(end))
            {
                await RefreshAsync(end);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody needs them any more.
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            _credentials = await _find(cancellationToken);
            _problem = null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Those found before stay good until they expire.
            _problem = exception.Message;
            LogNotFound(exception);
        }

        var usable = Current is not null;
        if (usable == _wasUsable)
        {
            return;
        }

        var isFirst = _wasUsable is null;
        _wasUsable = usable;
        if (usable)
        {
            LogFound(_credentials!.AccessKeyId);
        }
        else
        {
            LogMissing(Problem);
        }

        if (!isFirst)
        {
            Changed?.Invoke();
        }
    }

    private static string Expired(DateTimeOffset end, string? problem) =>
        string.Create(CultureInfo.InvariantCulture, $"those that were found expired at {end:u}, and {(problem is null ? "AWS gave no newer ones" : $"no new ones were found: {problem}")}");

    [LoggerMessage(LogLevel.Information, "AWS credentials were found: {AccessKeyId}.")]
    private partial void LogFound(string accessKeyId);

    [LoggerMessage(LogLevel.Information, "There are no AWS credentials, so what needs them is not used: {Problem} Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile or a role; for Bedrock AWS_BEARER_TOKEN_BEDROCK will do.")]
    private partial void LogMissing(string? problem);

    [LoggerMessage(LogLevel.Debug, "No AWS credentials were found.")]
    private partial void LogNotFound(Exception reason);
}
