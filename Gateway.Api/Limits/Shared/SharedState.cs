using System.Buffers.Binary;

namespace Gateway.Api.Limits.Shared;

/// <summary>Reads the head of a state as <see cref="LimitScript"/> packs it.</summary>
internal static class SharedState
{
    private const int Day = 4;
    private const int Month = 12;
    private const int SpentToday = 36;
    private const int SpentThisMonth = 44;
    private const int Held = 52;

    /// <param name="raw">Null where the scope has used nothing yet.</param>
    /// <param name="now">What was spent in a day or month before is not spent in this one.</param>
    public static ScopeSpend SpendOf(ReadOnlySpan<byte> raw, Moment now) => raw.Length < Held + sizeof(double)
        ? default
        : new ScopeSpend(
            BinaryPrimitives.ReadUInt32LittleEndian(raw[Day..]) == now.Day ? Number(raw, SpentToday) : 0,
            BinaryPrimitives.ReadUInt32LittleEndian(raw[Month..]) == now.Month ? Number(raw, SpentThisMonth) : 0,
            Number(raw, Held));

    private static long Number(ReadOnlySpan<byte> raw, int at) => (long)BinaryPrimitives.ReadDoubleLittleEndian(raw[at..]);
}
