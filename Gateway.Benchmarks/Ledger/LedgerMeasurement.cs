using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cost.Worker;
using Cost.Worker.Ledger.Files;
using Gateway.Benchmarks.Servers;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceDefaults.Usage;
using StackExchange.Redis;

namespace Gateway.Benchmarks.Ledger;

/// <summary>How fast usage gets from Redis to the disk, and how long a month's report takes: the worker as it ships, as processes.</summary>
internal static class LedgerMeasurement
{
    private const int BatchSize = 256;
    private const int IntakeEvents = 400 * 1024;
    private const long MonthEvents = 10_000_000;
    private const int RoundSize = 16 * 1024;
    private const int HistoryDays = 18 * 7;
    private const int BusyDays = 9;
    private const int BusyDayEvents = (int)(MonthEvents / 30);
    private const int OtherDayEvents = 10_000;

    /// <param name="onlyForecast">Whether only the report of the month under way is wanted, with its forecast.</param>
    public static async Task<int> RunAsync(bool onlyForecast)
    {
        var folder = Directory.CreateTempSubdirectory("ledger-benchmark-").FullName;
        try
        {
            if (!onlyForecast)
            {
                await IntakeAsync(Path.Combine(folder, "intake"));
                await MonthAsync(Path.Combine(folder, "month"));
            }

            await CurrentMonthAsync(Path.Combine(folder, "current"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    // Everything waits in Redis when the worker starts; timed from the first acknowledgement on, so that the start of a process is not in it.
    private static async Task IntakeAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var port = ServerProcess.FreePort();
        using var server = await ServerProcess.StartAsync("redis-server", port, new ProcessStartInfo("redis-server", ["--port", Text(port), "--save", "", "--dir", folder]));
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port}");
        var database = redis.GetDatabase();
        var now = TimeProvider.System.GetUtcNow();
        for (long first = 1; first <= IntakeEvents; first += BatchSize)
        {
            await database.ListLeftPushAsync(UsageTransport.Waiting, Batch(first, now));
        }

        using var worker = await CostProcess.StartAsync(folder, port);
        var (begun, from) = await UntilAsync(database, 1);
        var (ended, to) = await UntilAsync(database, IntakeEvents);
        var seconds = Stopwatch.GetElapsedTime(begun, ended).TotalSeconds;
        Say($"intake: {to - from:N0} events in {seconds:N2} s: {(to - from) / seconds:N0} events/s through Redis in batches of {BatchSize}, flushed to disk; resident {worker.ResidentBytes >> 20} MB");
    }

    // Written by the real store, a month long; then reported by a process of its own, whose peak the kernel tells.
    private static async Task MonthAsync(string folder)
    {
        var begun = Stopwatch.GetTimestamp();
        var start = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        var step = TimeSpan.FromDays(30) / MonthEvents;
        await using (var ledger = new FileLedger(folder, TimeProvider.System, NullLogger<FileLedger>.Instance))
        {
            await ledger.OpenAsync(CancellationToken.None);
            for (long first = 1; first <= MonthEvents; first += RoundSize)
            {
                await ledger.AppendAsync([SampleUsage.Batch("j", first, Math.Min(MonthEvents, first + RoundSize - 1), number => start + (step * (number - 1)))], CancellationToken.None);
                await ledger.FlushAsync(onlyWhereDue: true, CancellationToken.None);
            }

            await ledger.FlushAsync(onlyWhereDue: false, CancellationToken.None);
        }

        Say($"month: {MonthEvents:N0} records written by the store in {Stopwatch.GetElapsedTime(begun).TotalSeconds:N0} s, {SizeOf(folder, "ledger"):N0} MB, roll-ups {SizeOf(folder, "rollups"):N0} MB");
        foreach (var by in (string[])["tenant,model", "tenant,key,model,day", "hour"])
        {
            await ReportAsync(folder, start, by, "csv");
        }
    }

    // Eighteen weeks, as the forecast reads them, each day with all groups; those whose hours it reads as busy as a month of ten million records.
    private static async Task CurrentMonthAsync(string folder)
    {
        var now = TimeProvider.System.GetUtcNow();
        long number = 1;
        await using (var ledger = new FileLedger(folder, TimeProvider.System, NullLogger<FileLedger>.Instance))
        {
            await ledger.OpenAsync(CancellationToken.None);
            for (var ago = HistoryDays; ago > 0; ago--)
            {
                var (day, events) = (new DateTimeOffset(now.Date, TimeSpan.Zero).AddDays(-ago), ago < BusyDays ? BusyDayEvents : OtherDayEvents);
                var (first, end, step) = (number, number + events, TimeSpan.FromDays(1) / events);
                for (; number < end; number = Math.Min(end, number + RoundSize))
                {
                    await ledger.AppendAsync([SampleUsage.Batch("j", number, Math.Min(end, number + RoundSize) - 1, at => day + (step * (at - first)))], CancellationToken.None);
                }
            }

            await ledger.FlushAsync(onlyWhereDue: false, CancellationToken.None);
        }

        foreach (var month in (DateTimeOffset[])[now.AddMonths(-1), now])
        {
            for (var time = 0; time < 3; time++)
            {
                await ReportAsync(folder, month, "tenant,model", "html");
            }
        }
    }

    private static async Task ReportAsync(string folder, DateTimeOffset month, string by, string format)
    {
        var begun = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo("dotnet", [typeof(CostApplication).Assembly.Location, "report", "--month", month.ToString("yyyy-MM", CultureInfo.InvariantCulture), "--by", by, "--format", format, "--data", folder])
        {
            RedirectStandardOutput = true,
        };
        using var report = Process.Start(start)!;
        var (peak, cpu) = (0L, 0.0);
        var lines = 0;
        while (await report.StandardOutput.ReadLineAsync() is not null)
        {
            lines++;
            (peak, cpu) = (Math.Max(peak, PeakOf(report.Id)), Math.Max(cpu, CpuOf(report.Id)));
        }

        await report.WaitForExitAsync();
        Say($"report of {month:yyyy-MM} by {by} as {format}: {lines:N0} lines in {Stopwatch.GetElapsedTime(begun).TotalSeconds:N2} s, CPU {cpu:N2} s, peak {peak >> 10} MB, exit code {report.ExitCode}");
    }

    // "VmHWM:    123456 kB": the most that was resident so far.
    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException)
        {
            return 0;
        }
    }

    private static double CpuOf(int process)
    {
        try
        {
            return ServerProcess.CpuSecondsOf(process);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static async Task<(long Timestamp, long Kept)> UntilAsync(IDatabase database, long number)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (true)
        {
            if ((long?)await database.HashGetAsync(UsageTransport.Kept, "j") is { } kept && kept >= number)
            {
                return (Stopwatch.GetTimestamp(), kept);
            }

            await tick.WaitForNextTickAsync();
        }
    }

    private static byte[] Batch(long first, DateTimeOffset at)
    {
        var output = new ArrayBufferWriter<byte>();
        var events = Enumerable.Range(0, BatchSize).Select(i => (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(SampleUsage.One("j", first + i, at), UsageJson.Default.UsageEvent));
        UsageBatch.Write(output, new UsageBatchHeader("j", first, first + BatchSize - 1), events);
        return output.WrittenSpan.ToArray();
    }

    private static long SizeOf(string folder, string part) => new DirectoryInfo(Path.Combine(folder, part)).EnumerateFiles().Sum(file => file.Length) >> 20;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
