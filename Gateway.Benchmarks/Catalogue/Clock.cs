using System.Diagnostics;
using System.Globalization;

namespace Gateway.Benchmarks.Catalogue;

/// <summary>What something takes: time, and this process's share of the machine, which others do not change.</summary>
internal sealed class Clock
{
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly TimeSpan _used = Used();

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(_begun).TotalSeconds:N1} s ({(Used() - _used).TotalSeconds:N1} s of CPU)");

    private static TimeSpan Used()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
