using System.Diagnostics.Tracing;
using Gateway.Benchmarks.Servers;
using Microsoft.Diagnostics.NETCore.Client;

namespace Gateway.Benchmarks.Soak;

/// <summary>Has a .NET process collect all its garbage, so that its heap is what it holds.</summary>
internal static class FullCollection
{
    // A profiler that asks for these events begins with a collection: https://learn.microsoft.com/dotnet/fundamentals/diagnostics/runtime-garbage-collection-events
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const long HeapCollect = 0x800000;

    // What has a finalizer is free after the second.
    private const int Times = 2;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);

    public static async Task OfAsync(ServerProcess process)
    {
        for (var time = 0; time < Times; time++)
        {
            using var session = new DiagnosticsClient(process.Id).StartEventPipeSession([new EventPipeProvider(Runtime, EventLevel.Informational, HeapCollect)], requestRundown: false);
            var events = session.EventStream.CopyToAsync(Stream.Null);
            await Task.Delay(Time, TimeProvider.System);
            session.Stop();
            await events;
        }
    }
}
