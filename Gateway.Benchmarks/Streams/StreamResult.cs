namespace Gateway.Benchmarks.Streams;

/// <param name="FirstChunk">Milliseconds from the request to its first chunk.</param>
/// <param name="Transit">Milliseconds from a chunk's sending by the upstream to its reading by the caller.</param>
/// <param name="Faults">Streams of which a chunk was lost or out of order.</param>
internal sealed record StreamResult(Percentiles FirstChunk, Percentiles Transit, int Faults);
