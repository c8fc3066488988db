using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Cost.Worker.Ledger;

namespace Cost.Worker.Intake;

/// <summary>
/// Keeps what could not be booked, for somebody to look at: <c>quarantine/2026-11-21.jsonl</c> below the data directory, a line each,
/// <c>{"received":"…","reason":"…","batch":"j.1-256","text":"…"}</c>, with <c>base64</c> in place of <c>text</c> where it is no UTF-8.
/// </summary>
internal sealed partial class Quarantine(string directory, TimeProvider time, ILogger<Quarantine> logger)
{
    /// <summary>On disk when it returns.</summary>
    /// <exception cref="LedgerUnavailableException">It could not be kept.</exception>
    public void Write(IReadOnlyList<AsideText> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        var path = Path.Combine(directory, "quarantine", now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".jsonl");
        try
        {
            Append(path, texts, now);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LedgerUnavailableException(failure.Message, failure);
        }
    }

    private void Append(string path, IReadOnlyList<AsideText> texts, DateTimeOffset now)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var line = File.Exists(path) ? File.ReadLines(path).LongCount() : 0;
        using (var file = new FileStream(path, FileMode.Append, FileAccess.Write))
        {
            foreach (var text in texts)
            {
                file.Write(LineOf(text, now));
            }

            file.Flush(flushToDisk: true);
        }

        foreach (var text in texts)
        {
            LogAside(path, ++line, text.Reason);
        }
    }

    private static ReadOnlySpan<byte> LineOf(AsideText aside, DateTimeOffset now)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("received", now);
            json.WriteString("reason", aside.Reason);
            json.WriteString("batch", aside.Batch);
            if (Utf8.IsValid(aside.Text.Span))
            {
                json.WriteString("text", Encoding.UTF8.GetString(aside.Text.Span));
            }
            else
            {
                json.WriteBase64String("base64", aside.Text.Span);
            }

            json.WriteEndObject();
        }

        output.Write("\n"u8);
        return output.WrittenSpan;
    }

    [LoggerMessage(LogLevel.Error, "Usage that cannot be booked was put aside in {File}:{Line}: {Reason}")]
    private partial void LogAside(string file, long line, string reason);
}
