using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Cost.Worker.Ledger.Files;
using Gateway.Benchmarks.Ledger;
using Gateway.Benchmarks.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Benchmarks.Traffic;

/// <summary>How long an operator's page waits for charts and for the request log: the cost worker as it ships, on a week of a million requests.</summary>
internal static class TrafficMeasurement
{
    private const long Events = 1_000_000;
    private const int RoundSize = 16 * 1024;
    private const int Times = 7;
    private const string AdminKey = "measured";

    private static readonly string[] Questions =
    [
        "traffic?from={day}", "traffic?from={day}&by=alias", "traffic?from={day}&by=tenant", "traffic?from={week}&step=hour",
        "requests?limit=100", "requests?limit=100&status=failed&tenant=tenant-7", "requests?limit=100&to={earlier}",
    ];

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("traffic-benchmark-").FullName;
        try
        {
            var now = TimeProvider.System.GetUtcNow();
            await FillAsync(folder, now);
            await AskAsync(folder, now);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task FillAsync(string folder, DateTimeOffset now)
    {
        var (start, step) = (now.AddDays(-7), TimeSpan.FromDays(7) / Events);
        await using var ledger = new FileLedger(folder, TimeProvider.System, NullLogger<FileLedger>.Instance);
        await ledger.OpenAsync(CancellationToken.None);
        for (long first = 1; first <= Events; first += RoundSize)
        {
            await ledger.AppendAsync([SampleUsage.Batch("j", first, Math.Min(Events, first + RoundSize - 1), number => start + (step * (number - 1)))], CancellationToken.None);
        }

        await ledger.FlushAsync(onlyWhereDue: false, CancellationToken.None);
    }

    private static async Task AskAsync(string folder, DateTimeOffset now)
    {
        Environment.SetEnvironmentVariable("GATEWAY_ADMIN_KEY", AdminKey);
        var redisPort = ServerProcess.FreePort();
        var portText = redisPort.ToString(CultureInfo.InvariantCulture);
        using var redis = await ServerProcess.StartAsync("redis-server", redisPort, new ProcessStartInfo("redis-server", ["--port", portText, "--save", "", "--dir", folder]));
        using var worker = await CostProcess.StartAsync(folder, redisPort);
        var begun = Stopwatch.GetTimestamp();
        using var http = new HttpClient { BaseAddress = worker.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", AdminKey) } };
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!(await http.GetStringAsync("traffic")).Contains("\"restored\":true", StringComparison.Ordinal))
        {
            await tick.WaitForNextTickAsync();
        }

        Say($"a week of {Events:N0} requests is in the charts {Stopwatch.GetElapsedTime(begun).TotalSeconds:N1} s after the worker listens, {worker.CpuSeconds:N1} s of CPU since its start; {worker.ResidentBytes >> 20} MB resident");
        foreach (var question in Questions)
        {
            await AskAsync(worker, http, question.Replace("{day}", Moment(now.AddDays(-1)), StringComparison.Ordinal).Replace("{week}", Moment(now.AddDays(-7)), StringComparison.Ordinal).Replace("{earlier}", Moment(now.AddDays(-3)), StringComparison.Ordinal));
        }

        Say($"{worker.ResidentBytes >> 20} MB resident afterwards");
    }

    private static async Task AskAsync(ServerProcess worker, HttpClient http, string question)
    {
        var (taken, bytes) = (new List<double>(), 0);
        await http.GetByteArrayAsync(question);
        var cpu = worker.CpuSeconds;
        for (var i = 0; i < Times; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            bytes = (await http.GetByteArrayAsync(question)).Length;
            taken.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        Say($"{question}: median {Median.Of(taken):N1} ms, longest {taken.Max():N1} ms, CPU {(worker.CpuSeconds - cpu) / Times * 1_000:N1} ms each, {bytes >> 10} KB");
    }

    private static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
