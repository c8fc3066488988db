namespace Gateway.Benchmarks.Load;

internal sealed record WrkResult(double RequestsPerSecond, long Requests, double P50Milliseconds, double P99Milliseconds);
