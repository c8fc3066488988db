using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Api.Providers.Bedrock.Streams;

namespace Gateway.Tests.Hosts.Bedrock;

/// <summary>Makes frames of <c>application/vnd.amazon.eventstream</c>, as converse-stream sends them. That they are right is checked against AWS's own codec.</summary>
internal static class EventFrames
{
    public static byte[] Event(string type, JsonNode payload) =>
        Frame([(":event-type", type), (":content-type", "application/json"), (":message-type", "event")], Encoding.UTF8.GetBytes(payload.ToJsonString()));

    public static byte[] Exception(string type, string message) =>
        Frame([(":exception-type", type), (":content-type", "application/json"), (":message-type", "exception")], Encoding.UTF8.GetBytes(new JsonObject { ["message"] = message }.ToJsonString()));

    public static byte[] Error(string code, string message) => Frame([(":error-code", code), (":error-message", message), (":message-type", "error")], []);

    public static byte[] Frame(IReadOnlyList<(string Name, string Value)> headers, byte[] payload)
    {
        var head = new MemoryStream();
        foreach (var (name, value) in headers)
        {
            head.WriteByte((byte)name.Length);
            head.Write(Encoding.ASCII.GetBytes(name));
            head.WriteByte(7);
            var text = Encoding.UTF8.GetBytes(value);
            head.Write([(byte)(text.Length >> 8), (byte)text.Length, .. text]);
        }

        return Frame(head.ToArray(), payload);
    }

    public static byte[] Frame(byte[] headers, byte[] payload)
    {
        var frame = new byte[16 + headers.Length + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), Crc32.Of(frame.AsSpan(0, 8)));
        headers.CopyTo(frame, 12);
        payload.CopyTo(frame, 12 + headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(frame.Length - 4), Crc32.Of(frame.AsSpan(0, frame.Length - 4)));
        return frame;
    }

    /// <summary>A whole stream that says <paramref name="pieces"/>.</summary>
    public static IEnumerable<byte[]> Answer(params string[] pieces) =>
        [Start, .. pieces.Select(piece => Text(piece)), BlockStop(0), Stop("end_turn"), Metadata(30, 5)];

    public static byte[] Start => Event("messageStart", new JsonObject { ["role"] = "assistant" });

    public static byte[] Text(string text, int block = 0) => Delta(block, new JsonObject { ["text"] = text });

    public static byte[] ToolStart(int block, string id, string name) => Event("contentBlockStart", new JsonObject
    {
        ["contentBlockIndex"] = block,
        ["start"] = new JsonObject { ["toolUse"] = new JsonObject { ["toolUseId"] = id, ["name"] = name } },
    });

    public static byte[] ToolInput(int block, string input) => Delta(block, new JsonObject { ["toolUse"] = new JsonObject { ["input"] = input } });

    // The padding is there so that a frame's length does not tell its content's.
    public static byte[] Delta(int block, JsonObject delta) => Event("contentBlockDelta", new JsonObject { ["contentBlockIndex"] = block, ["delta"] = delta, ["p"] = "abcdefghij" });

    public static byte[] BlockStop(int block) => Event("contentBlockStop", new JsonObject { ["contentBlockIndex"] = block });

    public static byte[] Stop(string reason) => Event("messageStop", new JsonObject { ["stopReason"] = reason });

    public static byte[] Metadata(int input, int output) => Event("metadata", new JsonObject
    {
        ["usage"] = new JsonObject { ["inputTokens"] = input, ["outputTokens"] = output, ["totalTokens"] = input + output },
        ["metrics"] = new JsonObject { ["latencyMs"] = 7 },
    });
}
