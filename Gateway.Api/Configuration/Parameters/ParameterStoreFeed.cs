using ServiceDefaults.Aws;

namespace Gateway.Api.Configuration.Parameters;

/// <summary>Reads the settings that AWS Parameter Store holds before the first request, and anew every few seconds. What was read last stays while AWS cannot be reached.</summary>
internal sealed partial class ParameterStoreFeed(
    ParameterStoreClient store, AwsCredentialSource credentials, ParameterStoreOptions options, LiveConfiguration live, TimeProvider time, ILogger<ParameterStoreFeed> logger) : BackgroundService
{
    /// <summary>The gateway starts all the same, with what the other sources say.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Credentials may come a moment after the start.</summary>
    private static readonly TimeSpan UntilFirstRead = TimeSpan.FromSeconds(1);

    private readonly string _prefix = options.ParameterStore!.TrimEnd('/');
    private List<Parameter> _known = [];
    private string? _problem;
    private bool _isRead;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            LogAway(_prefix, "AWS takes too long.");
        }

        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        store.Dispose();
        credentials.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(_isRead ? TimeSpan.FromSeconds(options.PollSeconds) : UntilFirstRead, time, stoppingToken);
            await LookAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var parameters = await store.GetByPathAsync(_prefix, cancellationToken).Where(IsBelow).ToListAsync(cancellationToken);
            if (!parameters.SequenceEqual(_known))
            {
                _known = parameters;
                live.Take(ParameterDocument.Of(_prefix, parameters));
            }

            (_isRead, _problem) = (true, null);
        }
        catch (Exception failure) when (failure is AwsServiceException or KeyNotFoundException or InvalidOperationException)
        {
            if (_problem != failure.Message)
            {
                LogAway(_prefix, failure.Message);
            }

            _problem = failure.Message;
        }
    }

    private bool IsBelow(Parameter parameter) => parameter.Name.StartsWith(_prefix + "/", StringComparison.Ordinal);

    [LoggerMessage(LogLevel.Warning, "The settings below {Path} in Parameter Store could not be read, and those read before stay: {Reason}")]
    private partial void LogAway(string path, string reason);
}
