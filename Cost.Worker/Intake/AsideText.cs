namespace Cost.Worker.Intake;

/// <summary>What came in and cannot be booked: a whole batch, or one line of it.</summary>
/// <param name="Batch">Which batch it came in, where that is known.</param>
internal sealed record AsideText(string Reason, string? Batch, ReadOnlyMemory<byte> Text);
