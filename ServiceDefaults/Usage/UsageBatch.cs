using System.Buffers;
using System.Text.Json;

namespace ServiceDefaults.Usage;

/// <summary>
/// Events of one journal in their order, as they travel: a line of <see cref="UsageBatchHeader"/>, then a line for each event.
/// Whoever keeps batches takes them in without gaps: one that begins past the last number kept waits for what is missing, and of one
/// that begins before it the known part is passed over. So each event counts once, however often it is delivered.
/// </summary>
public sealed record UsageBatch(UsageBatchHeader Header, IReadOnlyList<UsageEvent> Events)
{
    private const byte LineFeed = (byte)'\n';

    public static void Write(IBufferWriter<byte> output, UsageBatchHeader header, IEnumerable<ReadOnlyMemory<byte>> eventLines)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            JsonSerializer.Serialize(json, header, UsageJson.Default.UsageBatchHeader);
        }

        foreach (var line in eventLines)
        {
            output.Write([LineFeed]);
            output.Write(line.Span);
        }
    }

    /// <exception cref="JsonException">It is no batch; nothing of it was read.</exception>
    public static UsageBatch Read(ReadOnlySpan<byte> text)
    {
        UsageBatchHeader? header = null;
        var events = new List<UsageEvent>();
        foreach (var range in text.Split(LineFeed))
        {
            var line = text[range];
            if (header is null)
            {
                header = JsonSerializer.Deserialize(line, UsageJson.Default.UsageBatchHeader) ?? throw new JsonException("The batch has no header.");
            }
            else if (!line.IsEmpty)
            {
                events.Add(JsonSerializer.Deserialize(line, UsageJson.Default.UsageEvent) ?? throw new JsonException("An event of the batch is null."));
            }
        }

        return new UsageBatch(header!, events);
    }
}
