using System.Text.Json;
using ServiceDefaults.Usage;

namespace Cost.Worker.Intake;

/// <summary>Reads a batch line by line, so that one bad line does not take the good ones with it.</summary>
internal static class BatchReader
{
    private const byte LineFeed = (byte)'\n';

    public static ReadBatch Read(ReadOnlyMemory<byte> text)
    {
        var end = text.Span.IndexOf(LineFeed);
        if (ReadHeader(end < 0 ? text.Span : text.Span[..end]) is not { } header)
        {
            return new ReadBatch(null, [], [new AsideText("The batch has no header that can be read.", null, text)]);
        }

        var name = $"{header.Journal}.{header.First}-{header.Last}";
        var events = new List<UsageEvent>();
        var aside = new List<AsideText>();
        while (end >= 0)
        {
            text = text[(end + 1)..];
            end = text.Span.IndexOf(LineFeed);
            var line = end < 0 ? text : text[..end];
            if (line.IsEmpty)
            {
                continue;
            }

            if (ReadEvent(line.Span, header, out var fault) is { } one)
            {
                events.Add(one);
            }
            else
            {
                aside.Add(new AsideText(fault, name, line));
            }
        }

        return new ReadBatch(header, events, aside);
    }

    private static UsageBatchHeader? ReadHeader(ReadOnlySpan<byte> line)
    {
        try
        {
            var header = JsonSerializer.Deserialize(line, UsageJson.Default.UsageBatchHeader);
            return header is { First: >= 1 } && header.Last >= header.First && UsageEventId.TryParse($"{header.Journal}.1", out _) ? header : null;
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            return null;
        }
    }

    private static UsageEvent? ReadEvent(ReadOnlySpan<byte> line, UsageBatchHeader header, out string fault)
    {
        fault = "The event cannot be read.";
        try
        {
            var one = JsonSerializer.Deserialize(line, UsageJson.Default.UsageEvent);
            if (one is null)
            {
                return null;
            }

            fault = FaultOf(one, header);
            return fault.Length == 0 ? one : null;
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            fault = $"The event cannot be read: {unreadable.Message}";
            return null;
        }
    }

    private static string FaultOf(UsageEvent one, UsageBatchHeader header) =>
        one.Id.Journal != header.Journal || one.Id.Sequence < header.First || one.Id.Sequence > header.Last ? $"The event {one.Id} does not belong to its batch."
        : one.RequestId is null || one.Operation is null ? $"The event {one.Id} lacks its request id or its operation."
        : one.HttpStatus == 0 ? $"The event {one.Id} has no HTTP status."
        : !Enum.IsDefined(one.Status) || !Enum.IsDefined(one.TokenSource) || !Enum.IsDefined(one.AvoidedBy) ? $"The event {one.Id} has a status, token source or reason for no call that is not known."
        : "";

    // A lone surrogate in a text is an InvalidOperationException of the reader.
    private static bool IsUnreadable(Exception failure) => failure is JsonException or InvalidOperationException or FormatException;
}
