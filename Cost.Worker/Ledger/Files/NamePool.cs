using System.Text.Json;

namespace Cost.Worker.Ledger.Files;

/// <summary>Gives one string for the same name again and again: a month's rows have few names, each of them many times.</summary>
internal sealed class NamePool
{
    private const int Slots = 1 << 12;

    private readonly (byte[]? Utf8, string Name)[] _slots = new (byte[]?, string)[Slots];

    /// <param name="text">A JSON string with its quotes.</param>
    public string Read(ReadOnlySpan<byte> text)
    {
        ref var slot = ref _slots[SlotOf(text)];
        if (slot.Utf8 is null || !text.SequenceEqual(slot.Utf8))
        {
            var json = new Utf8JsonReader(text);
            json.Read();
            slot = (text.ToArray(), json.GetString()!);
        }

        return slot.Name;
    }

    // FNV-1a.
    private static int SlotOf(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261;
        foreach (var letter in utf8)
        {
            hash = (hash ^ letter) * 16777619;
        }

        return (int)((hash ^ (hash >> 16)) % Slots);
    }
}
