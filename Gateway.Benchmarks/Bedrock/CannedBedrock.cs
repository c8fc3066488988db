using System.Buffers.Binary;
using System.Text;
using Gateway.Api.Providers.Bedrock.Streams;

namespace Gateway.Benchmarks.Bedrock;

/// <summary>
/// The cheapest Bedrock there can be: one reply of Converse from memory; or for converse-stream equal frames (<c>--tokens</c> of them),
/// each flushed by itself, as fast as they go or one each <c>--pace-ms</c>.
/// </summary>
internal static class CannedBedrock
{
    private const int ReplyBytes = 600;

    private static readonly byte[] Reply = MakeReply();
    private static readonly byte[] Start = Frame("messageStart", """{"p":"abcdefghijkl","role":"assistant"}""");
    private static readonly byte[] Token = Frame("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"text":" token"},"p":"abcdefghijklmnopqrstuvwxyzABCD"}""");

    /// <summary>How long the frame of a token is.</summary>
    public static int TokenBytes => Token.Length;

    private static readonly byte[] End =
    [
        .. Frame("contentBlockStop", """{"contentBlockIndex":0,"p":"abc"}"""),
        .. Frame("messageStop", """{"p":"abcdef","stopReason":"end_turn"}"""),
        .. Frame("metadata", """{"metrics":{"latencyMs":400},"p":"abc","usage":{"inputTokens":210,"outputTokens":64,"totalTokens":274}}"""),
    ];

    public static Task RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        var tokens = builder.Configuration.GetValue("tokens", 1000);
        var pace = builder.Configuration.GetValue("pace-ms", 0);
        var app = builder.Build();
        app.Run(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            await (context.Request.Path.Value!.EndsWith("converse-stream", StringComparison.Ordinal) ? StreamAsync(context, tokens, pace) : AnswerAsync(context.Response));
        });
        return app.RunAsync();
    }

    private static async Task AnswerAsync(HttpResponse response)
    {
        response.ContentType = "application/json";
        response.ContentLength = Reply.Length;
        await response.BodyWriter.WriteAsync(Reply);
    }

    private static async Task StreamAsync(HttpContext context, int tokens, int paceMilliseconds)
    {
        var output = context.Response.BodyWriter;
        context.Response.ContentType = "application/vnd.amazon.eventstream";
        await output.WriteAsync(Start);
        using var timer = paceMilliseconds > 0 ? new PeriodicTimer(TimeSpan.FromMilliseconds(paceMilliseconds)) : null;
        for (var i = 0; i < tokens; i++)
        {
            await output.WriteAsync(Token);
            if (timer is not null)
            {
                await timer.WaitForNextTickAsync(context.RequestAborted);
            }
        }

        await output.WriteAsync(End);
    }

    private static byte[] Frame(string type, string payload)
    {
        byte[] headers = [.. Header(":event-type", type), .. Header(":content-type", "application/json"), .. Header(":message-type", "event")];
        var body = Encoding.UTF8.GetBytes(payload);
        var frame = new byte[16 + headers.Length + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), Crc32.Of(frame.AsSpan(0, 8)));
        headers.CopyTo(frame, 12);
        body.CopyTo(frame, 12 + headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(frame.Length - 4), Crc32.Of(frame.AsSpan(0, frame.Length - 4)));
        return frame;
    }

    private static byte[] Header(string name, string value) => [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), 7, 0, (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];

    private static byte[] MakeReply()
    {
        const string Head = "{\"metrics\":{\"latencyMs\":400},\"output\":{\"message\":{\"content\":[{\"text\":\"";
        const string Tail = "\"}],\"role\":\"assistant\"}},\"stopReason\":\"end_turn\",\"usage\":{\"cacheReadInputTokens\":0,\"cacheWriteInputTokens\":0,\"inputTokens\":210,\"outputTokens\":64,\"totalTokens\":274}}";
        return Encoding.UTF8.GetBytes(Head + new string('x', ReplyBytes - Head.Length - Tail.Length) + Tail);
    }
}
