using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Gateway.Benchmarks.Servers;

/// <summary>
/// The cheapest upstream there can be: one 600-byte reply from memory; or, where the request asks for a stream, equal chunks at a
/// steady pace (<c>--tokens</c> of them, one each <c>--pace-ms</c>), each with its number and the time it was sent at. A request that begins
/// with <c>{"wait_ms":50,"reply_bytes":10000,"reply_tokens":300,</c>, any of them, is answered after that time, with that much, as a stream with that many chunks.
/// </summary>
internal static class CannedUpstream
{
    private const int ReplyBytes = 600;
    private const int MostBytesOfOrders = 64;

    private static readonly byte[] Reply = MakeReply(ReplyBytes);

    private static readonly ConcurrentDictionary<int, byte[]> Replies = [];

    public static Task RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        var pace = TimeSpan.FromMilliseconds(builder.Configuration.GetValue("pace-ms", 50));
        var tokens = builder.Configuration.GetValue("tokens", 100);
        var app = builder.Build();
        app.Run(async context =>
        {
            var (stream, waitMilliseconds, replyBytes, replyTokens) = await ReadAsync(context.Request.BodyReader);
            if (waitMilliseconds > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(waitMilliseconds), TimeProvider.System);
            }

            var reply = replyBytes == 0 ? Reply : Replies.GetOrAdd(replyBytes, MakeReply);
            await (stream ? StreamAsync(context, replyTokens == 0 ? tokens : replyTokens, pace) : AnswerAsync(context.Response, reply));
        });
        return app.RunAsync();
    }

    private static async ValueTask<(bool Stream, int WaitMilliseconds, int ReplyBytes, int ReplyTokens)> ReadAsync(PipeReader body)
    {
        var (stream, wait, bytes, tokens) = (false, 0, 0, 0);
        var isFirst = true;
        while (true)
        {
            var read = await body.ReadAsync();
            if (!read.Buffer.IsEmpty)
            {
                stream |= read.Buffer.FirstSpan.IndexOf("\"stream\":true"u8) >= 0;
                if (isFirst)
                {
                    (wait, bytes) = (NumberAfter("\"wait_ms\":"u8, read.Buffer.FirstSpan), NumberAfter("\"reply_bytes\":"u8, read.Buffer.FirstSpan));
                    tokens = NumberAfter("\"reply_tokens\":"u8, read.Buffer.FirstSpan);
                    isFirst = false;
                }
            }

            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return (stream, wait, bytes, tokens);
            }
        }
    }

    private static int NumberAfter(ReadOnlySpan<byte> name, ReadOnlySpan<byte> body)
    {
        var begin = body[..Math.Min(body.Length, MostBytesOfOrders)];
        return begin.IndexOf(name) is >= 0 and var at && Utf8Parser.TryParse(begin[(at + name.Length)..], out int number, out _) ? number : 0;
    }

    private static async Task AnswerAsync(HttpResponse response, byte[] reply)
    {
        response.ContentType = "application/json";
        response.ContentLength = reply.Length;
        await response.BodyWriter.WriteAsync(reply);
    }

    private static async Task StreamAsync(HttpContext context, int tokens, TimeSpan pace)
    {
        var output = context.Response.BodyWriter;
        context.Response.ContentType = "text/event-stream";
        using var timer = new PeriodicTimer(pace);
        for (var number = 0; number < tokens; number++)
        {
            WriteChunk(output, number);
            await output.FlushAsync(context.RequestAborted);
            await timer.WaitForNextTickAsync(context.RequestAborted);
        }

        output.Write("data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1795240968,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"u8);
        await output.FlushAsync(context.RequestAborted);
    }

    private static void WriteChunk(PipeWriter output, int number)
    {
        output.Write("data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1795240968,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""u8);
        var span = output.GetSpan(64);
        var text = string.Create(CultureInfo.InvariantCulture, stackalloc char[48], $"{number}:{Stopwatch.GetTimestamp()}");
        output.Advance(Encoding.ASCII.GetBytes(text, span));
        output.Write("\"},\"finish_reason\":null}]}\n\n"u8);
    }

    private static byte[] MakeReply(int bytes)
    {
        const string Head = "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1795240968,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"";
        const string Tail = "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":210,\"completion_tokens\":64,\"total_tokens\":274}}";
        return Encoding.UTF8.GetBytes(Head + new string('x', bytes - Head.Length - Tail.Length) + Tail);
    }
}
