using Gateway.Api.Metering.Journal;
using Gateway.Benchmarks.Admission;
using Gateway.Benchmarks.Metering;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Everything;

/// <summary>The gateway with all that it does: keys, limits and budgets at key and tenant, metering, journal, Redis, cost worker, telemetry sent to a sink.</summary>
internal static class EverythingOn
{
    public const string Name = "gateway, everything on";

    /// <param name="sink">Where telemetry goes.</param>
    /// <param name="folder">Where journal, ledger and Redis write.</param>
    /// <param name="settings">Further environment variables.</param>
    /// <param name="fillAsync">Puts into Redis what the gateway is to find there.</param>
    public static Task<MeteredGateway> StartAsync(
        Uri upstream, Uri sink, DirectoryInfo folder, IReadOnlyDictionary<string, string>? settings = null, Func<ServerProcess, Task>? fillAsync = null) =>
        MeteredGateway.StartAsync(upstream, JournalDurability.Process, folder.FullName, Name, Settings(sink, settings), DistantLimits.OfKey, fillAsync);

    public static IReadOnlyDictionary<string, string> Settings(Uri sink, IReadOnlyDictionary<string, string>? further = null) => new Dictionary<string, string>(
    [
        .. DistantLimits.OfTenant,
        .. further ?? new Dictionary<string, string>(),
        new("OTEL_EXPORTER_OTLP_ENDPOINT", sink.AbsoluteUri),
        new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        new("OTEL_SERVICE_NAME", "gateway"),
    ]);
}
