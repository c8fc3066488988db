using BenchmarkDotNet.Attributes;
using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Experiments;
using Gateway.Api.Flags;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Benchmarks.Micro;

/// <summary>What a flag costs a request where it is plainly on, and where it depends on the caller; and what finding a caller's variant costs.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class FlagBenchmarks : IDisposable
{
    private static readonly ApiKey Caller = new() { Id = "key_1", Hash = "", Prefix = "", Name = "bench", User = "ann", CreatedAt = DateTimeOffset.UnixEpoch };

    private static readonly Experiment Experiment = new(
        "bench", new ExperimentOptions { Alias = "m", Variants = new Dictionary<string, VariantOptions> { ["control"] = new(), ["other"] = new() } });

    private FeatureFlags _flags = null!;

    [GlobalSetup]
    public void Setup()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new($"Gateway:Flags:{GatewayFlags.SafeStream.Name}:Percentage", "50")]).Build();
        _flags = new FeatureFlags(new LiveConfiguration(configuration, NullLogger<LiveConfiguration>.Instance), new FlagFile(configuration), TimeProvider.System);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _flags.Dispose();
    }

    [Benchmark]
    public ValueTask<bool> PlainFlag() => _flags.IsOnAsync(GatewayFlags.Retries, Caller);

    [Benchmark]
    public ValueTask<bool> FlagInPart() => _flags.IsOnAsync(GatewayFlags.SafeStream, Caller);

    [Benchmark]
    public object VariantOf() => Experiment.VariantOf(Caller);
}
