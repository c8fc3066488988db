namespace Gateway.Benchmarks.Proxies;

/// <summary>What one server did in one slice of one round.</summary>
internal sealed record Sample(double RequestsPerSecond, double P50Milliseconds, double P99Milliseconds, double CpuSecondsPerThousand, double MegaBytes);
