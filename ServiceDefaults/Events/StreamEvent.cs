namespace ServiceDefaults.Events;

/// <summary>An event as it is sent.</summary>
/// <param name="Id">By which the client goes on after it; null where it does not.</param>
/// <param name="Data">JSON on one line.</param>
public readonly record struct StreamEvent(string? Id, string Name, ReadOnlyMemory<byte> Data);
