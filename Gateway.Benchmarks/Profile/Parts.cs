using System.Text.RegularExpressions;

namespace Gateway.Benchmarks.Profile;

/// <summary>Says which part of the gateway a sample belongs to: that of the innermost frame that is somebody's own, so that a library counts for itself and the runtime for its caller.</summary>
internal static class Parts
{
    private static readonly Part Compiler = Of("JIT compiler", "#9e9e9e", @"^\[libclrjit");

    private static readonly Part Collector = Of("garbage collector", "#757575", @"^\[libclrgc");

    private static readonly Part Asynchrony = Of("asynchronous methods, thread pool", "#bcaaa4", @"^System\.Threading\.|ThreadPool|sched_yield");

    private static readonly Part Others = Of("the rest", "#e0e0e0", "(?!)");

    // The first that matches: what is narrower comes first.
    private static readonly Part[] Known =
    [
        Of("telemetry", "#ba68c8", @"^OpenTelemetry|^System\.Diagnostics\.(Activity|Metrics|Diagnostic|Random)|^Gateway\.Api\.Telemetry|^ServiceDefaults\.(Telemetry|Metrics|Redaction)|\.Hosting(Metrics|ApplicationDiagnostics)|^System\.Net\.Http\.(Metrics|DiagnosticsHandler)|^Microsoft\.Extensions\.(Logging|Diagnostics)"),
        Of("JSON", "#4db6ac", @"^System\.Text\.(Json|Encodings)|RequestScanner|AnswerScanner|^Gateway\.Api\.Streaming"),
        Of("limits and budgets", "#e57373", @"^Gateway\.Api\.(Limits|Budgets)"),
        Of("Redis client", "#f06292", @"^StackExchange\.Redis"),
        Of("metering and journal", "#ffb74d", @"^Gateway\.Api\.(Metering|Prices)|^ServiceDefaults\.Usage"),
        Of("access", "#a1887f", @"^Gateway\.Api\.Access"),
        Of("caching", "#aed581", @"^Gateway\.Api\.Caching"),
        Of("HTTP client", "#64b5f6", @"^System\.Net\.Http\.|^Gateway\.Api\.Providers"),
        Of("Kestrel and ASP.NET", "#7986cb", @"^Microsoft\.AspNetCore\."),
        Of("routing and pipeline", "#81c784", @"^Gateway\.Api\.|^ServiceDefaults\."),
        Of("send (system call)", "#ffd54f", @"^__send|sys_sendto"),
        Of("receive (system call)", "#fff176", @"^__libc_recv|sys_recvfrom"),
        Of("waiting for sockets (epoll)", "#dce775", @"^epoll_wait|^System\.Net\.Sockets\.SocketAsyncEngine"),
    ];

    // Where a method goes on that had waited: what called it is not what it works for.
    private static readonly Regex Resumption = new(@"::(RunContinuations|RunOrScheduleAction|Dispatch|RunInternal|RunFromThreadPoolDispatchLoop)$", RegexOptions.Compiled);

    public static Part Of(StackSample sample)
    {
        if (sample.Thread.StartsWith(".NET Tiered", StringComparison.Ordinal) || sample.Frames.Any(frame => Compiler.Owns.IsMatch(frame.Name)))
        {
            return Compiler;
        }

        if (sample.Frames.Any(frame => Collector.Owns.IsMatch(frame.Name)))
        {
            return Collector;
        }

        return SinceResumed(sample).Select(frame => Array.Find(Known, part => part.Owns.IsMatch(frame.Name))).FirstOrDefault(part => part is not null)
            ?? (sample.Frames.Any(frame => Asynchrony.Owns.IsMatch(frame.Name)) ? Asynchrony : Others);
    }

    /// <summary>The frames since a method was last called, or resumed after it had waited; the innermost first.</summary>
    public static IEnumerable<Frame> SinceResumed(StackSample sample) => sample.Frames.TakeWhile(frame => !Resumption.IsMatch(frame.Name));

    private static Part Of(string name, string color, string owns) => new(name, color, new Regex(owns, RegexOptions.Compiled));
}
