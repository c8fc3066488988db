using Gateway.Benchmarks.Profile;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Profile;

/// <summary>What perf prints of the gateway, read and told apart.</summary>
public class PerfScriptTests
{
    private const string Script = """
        .NET TP Worker 22332 cpu-clock:
        	    7f99f1348d13 instance int32 [System.Private.CoreLib] System.Collections.Generic.HashSet`1[System.__Canon]::FindItemIndex(!0)[OptimizedTier1] (/tmp/perf-22185.map)
        	    7f99f186cb1a instance void [Gateway.Api] Gateway.Api.Caching.CacheStage+<FindAsync>d__11::MoveNext()[OptimizedTier1] (/tmp/perf-22185.map)
        	    7f99f1335727 instance void [System.Private.CoreLib] System.Threading.Tasks.Task::RunContinuations(object)[OptimizedTier1] (/tmp/perf-22185.map)
        	    7f99f1857b3e instance void [Gateway.Api] Gateway.Api.Limits.LimitStage+<AdmitAsync>d__6::MoveNext()[OptimizedTier1] (/tmp/perf-22185.map)
        	          46cd71 [unknown] (/usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.12/libcoreclr.so)

        .NET TP Worker 22203 cpu-clock:
        	ffffffff8199ae11 tcp_sendmsg ([kernel.kallsyms])
        	          10a51d __send (/usr/lib/x86_64-linux-gnu/libc.so.6)

        .NET Tiered Com 22190 cpu-clock:
        	          46cd71 [unknown] (/usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.12/libclrjit.so)

        """;

    private static readonly List<StackSample> Samples = [.. PerfScript.Read(new StringReader(Script))];

    [Fact]
    public void Frames_are_methods_symbols_or_modules()
    {
        Samples.Select(sample => sample.Thread).ShouldBe([".NET TP Worker", ".NET TP Worker", ".NET Tiered Com"]);
        Samples[0].Frames.Select(frame => frame.Name).ShouldBe(
        [
            "System.Collections.Generic.HashSet`1[System.__Canon]::FindItemIndex",
            "Gateway.Api.Caching.CacheStage+<FindAsync>d__11::MoveNext",
            "System.Threading.Tasks.Task::RunContinuations",
            "Gateway.Api.Limits.LimitStage+<AdmitAsync>d__6::MoveNext",
            "[libcoreclr.so]",
        ]);
        Samples[1].Frames[0].IsKernel.ShouldBeTrue();
    }

    // What was resumed by somebody does not work for him; a library's helper does for its caller.
    [Fact]
    public void A_sample_belongs_to_the_innermost_part_since_it_was_resumed() =>
        Samples.Select(sample => Parts.Of(sample).Name).ShouldBe(["caching", "send (system call)", "JIT compiler"]);

    [Fact]
    public void The_flame_graph_names_parts_and_methods_as_they_are_written()
    {
        var picture = FlameGraph.Render(Samples, "all");

        picture.ShouldContain("<title>caching, 33.3 %</title>");
        picture.ShouldContain("<title>CacheStage.FindAsync, 33.3 %</title>");
        picture.ShouldNotContain("LimitStage");
    }
}
