using System.Buffers;
using System.Text.Json;
using ServiceDefaults.Storage;
using ServiceDefaults.Usage;

namespace Cost.Worker.Ledger.Files;

/// <summary>Keeps a <see cref="Checkpoint"/> as one checked line.</summary>
internal static class CheckpointFile
{
    /// <summary>Null where there is none or it is damaged; all records are read then.</summary>
    public static Checkpoint? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return CheckedLine.TryRead(File.ReadAllBytes(path).AsSpan().TrimEnd((byte)'\n'), out var json)
                ? JsonSerializer.Deserialize(json, LedgerJson.Default.Checkpoint)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static void Write(string path, Checkpoint checkpoint)
    {
        var line = new ArrayBufferWriter<byte>();
        CheckedLine.Write(line, JsonSerializer.SerializeToUtf8Bytes(checkpoint, LedgerJson.Default.Checkpoint));
        Disk.Replace(path, stream => stream.Write(line.WrittenSpan));
    }
}
