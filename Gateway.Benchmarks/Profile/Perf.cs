using System.Diagnostics;
using System.Globalization;

namespace Gateway.Benchmarks.Profile;

/// <summary>Linux's perf (Debian: linux-perf), for a .NET process that was started with <see cref="Settings"/>.</summary>
internal static class Perf
{
    private const int SamplesPerSecond = 499;

    // It now and then ends with nothing on virtual machines.
    private const int Attempts = 3;

    /// <summary>Environment variables: methods get names, and the collector a library of its own, by which its time is told from the runtime's.</summary>
    public static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string>
    {
        ["DOTNET_PerfMapEnabled"] = "1",
        ["DOTNET_EnableWriteXorExecute"] = "0",
        ["DOTNET_GCName"] = "libclrgcexp.so",
    };

    public static async Task<IReadOnlyList<StackSample>> SampleAsync(int process, int seconds, string folder)
    {
        var data = Path.Combine(folder, "perf.data");
        for (var attempt = 1; ; attempt++)
        {
            await RunAsync(["record", "-F", $"{SamplesPerSecond}", "-e", "cpu-clock", "-g", "-p", $"{process}", "-o", data, "--", "sleep", $"{seconds}"]);
            var script = await RunAsync(["script", "-i", data, "-F", "comm,tid,event,ip,sym,dso"]);
            var samples = PerfScript.Read(new StringReader(script)).ToList();
            if (samples.Count > 0)
            {
                return samples;
            }

            if (attempt == Attempts)
            {
                throw new InvalidOperationException("perf took no samples.");
            }
        }
    }

    /// <summary>How often the process asked the kernel for what, by the name of the system call; empty where perf may not count.</summary>
    public static async Task<IReadOnlyDictionary<string, double>> CountAsync(int process, int seconds, params string[] calls)
    {
        var output = await RunAsync(["stat", "-x", ",", "-o", "/dev/stdout", .. calls.SelectMany(call => new[] { "-e", $"syscalls:sys_enter_{call}" }), "-p", $"{process}", "--", "sleep", $"{seconds}"]);

        // "37525,,syscalls:sys_enter_sendto,2675576275,100.00,,"
        return output.Split('\n').Select(line => line.Split(','))
            .Where(fields => fields.Length > 2 && long.TryParse(fields[0], CultureInfo.InvariantCulture, out _))
            .ToDictionary(fields => fields[2].Replace("syscalls:sys_enter_", "", StringComparison.Ordinal), fields => double.Parse(fields[0], CultureInfo.InvariantCulture));
    }

    private static async Task<string> RunAsync(string[] arguments)
    {
        using var perf = Process.Start(new ProcessStartInfo("perf", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = perf.StandardError.ReadToEndAsync();
        var output = await perf.StandardOutput.ReadToEndAsync();
        await errors;
        await perf.WaitForExitAsync();
        return output;
    }
}
