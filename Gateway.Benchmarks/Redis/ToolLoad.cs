using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Benchmarks.Redis;

/// <summary>Drives Redis with redis-benchmark (https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/benchmarks/): one command on the way for each connection.</summary>
internal sealed partial class ToolLoad(int port, int connections, string command)
{
    private const int FirstRequests = 50_000;

    private long _requests = FirstRequests;

    /// <summary>From here on a run takes about that long.</summary>
    public async Task CalibrateAsync(TimeSpan duration) => _requests = (long)(await RunAsync() * duration.TotalSeconds);

    /// <summary>Returns requests per second.</summary>
    public async Task<double> RunAsync()
    {
        string[] arguments = ["-h", "127.0.0.1", "-p", $"{port}", "-P", "1", "-c", $"{connections}", "-n", $"{_requests}", "-t", command.ToLowerInvariant(), "-q"];
        using var tool = Process.Start(new ProcessStartInfo("redis-benchmark", arguments) { RedirectStandardOutput = true })!;
        var output = await tool.StandardOutput.ReadToEndAsync();
        await tool.WaitForExitAsync();
        var result = Result().Match(output);
        return tool.ExitCode == 0 && result.Success
            ? double.Parse(result.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"redis-benchmark failed:\n{output}");
    }

    // GET: 106951.88 requests per second, p50=0.231 msec
    [GeneratedRegex(@"([\d.]+) requests per second")]
    private static partial Regex Result();
}
