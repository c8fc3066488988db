namespace Gateway.Api.Events;

/// <summary>Something that whoever watches the gateway should know of.</summary>
/// <param name="Id">Its place in the stream.</param>
/// <param name="Name">What it is about: <c>alert</c>, <c>circuit</c>, <c>config</c> or <c>key</c>.</param>
/// <param name="Data">JSON on one line.</param>
internal sealed record AdminEvent(string Id, string Name, ReadOnlyMemory<byte> Data);
