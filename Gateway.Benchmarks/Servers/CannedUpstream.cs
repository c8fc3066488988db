using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Gateway.Benchmarks.Servers;

/// <summary>
/// The cheapest upstream there can be: one 600-byte reply from memory; or, where the request asks for a stream, equal chunks at a
/// steady pace (<c>--tokens</c> of them, one each <c>--pace-ms</c>), each with its number and the time it was sent at.
/// </summary>
internal static class CannedUpstream
{
    private const int ReplyBytes = 600;

    private static readonly byte[] Reply = MakeReply();

    public static Task RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        var pace = TimeSpan.FromMilliseconds(builder.Configuration.GetValue("pace-ms", 50));
        var tokens = builder.Configuration.GetValue("tokens", 100);
        var app = builder.Build();
        app.Run(async context =>
        {
            var response = await AsksForStreamAsync(context.Request.BodyReader)
                ? StreamAsync(context, tokens, pace)
                : AnswerAsync(context.Response);
            await response;
        });
        return app.RunAsync();
    }

    private static async ValueTask<bool> AsksForStreamAsync(PipeReader body)
    {
        var asks = false;
        while (true)
        {
            var read = await body.ReadAsync();
            asks |= !read.Buffer.IsEmpty && read.Buffer.FirstSpan.IndexOf("\"stream\":true"u8) >= 0;
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return asks;
            }
        }
    }

    private static async Task AnswerAsync(HttpResponse response)
    {
        response.ContentType = "application/json";
        response.ContentLength = Reply.Length;
        await response.BodyWriter.WriteAsync(Reply);
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

    private static byte[] MakeReply()
    {
        const string Head = "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1795240968,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"";
        const string Tail = "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":210,\"completion_tokens\":64,\"total_tokens\":274}}";
        return Encoding.UTF8.GetBytes(Head + new string('x', ReplyBytes - Head.Length - Tail.Length) + Tail);
    }
}
