namespace Gateway.Benchmarks.Soak;

/// <summary>Looks at the processes every few seconds, from outside and at what they tell.</summary>
internal sealed class Sampler(SoakSystem system, CallBook book) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly List<Sample> _samples = [];

    /// <summary>All so far, oldest first.</summary>
    public IReadOnlyList<Sample> Samples => _samples;

    public async Task RunAsync(Action sampled, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                _samples.AddRange(await LookAsync());
                sampled();
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>All processes that are there now.</summary>
    public async Task<IReadOnlyList<Sample>> LookAsync()
    {
        var connected = ProcessStatus.ConnectedSockets();
        var samples = new List<Sample>();
        foreach (var server in system.Watched)
        {
            if (server.Current is { } process && TryRead(process.Id, connected) is { } status)
            {
                var told = await AskAsync(server);
                samples.Add(new Sample(
                    server.Name,
                    book.Now,
                    status,
                    told.Sum("dotnet_gc_last_collection_heap_size_bytes"),
                    told.Sum("gateway_usage_journal_undelivered"),
                    told.Sum("gateway_usage_journal_bytes"),
                    told.Sum("dotnet_thread_pool_queue_length_total"),
                    told.Sum("gateway_target_requests")));
            }
        }

        return samples;
    }

    public void Dispose() => _http.Dispose();

    private static ProcessStatus? TryRead(int id, HashSet<string> connected)
    {
        try
        {
            return ProcessStatus.Read(id, connected);
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private async Task<PrometheusText> AskAsync(RestartedServer server)
    {
        if (server == system.Redis)
        {
            return PrometheusText.Nothing;
        }

        try
        {
            return new PrometheusText(await _http.GetStringAsync(new Uri(server.Address, "/metrics")));
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException)
        {
            return PrometheusText.Nothing;
        }
    }
}
