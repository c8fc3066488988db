using System.Buffers;
using System.Text;
using System.Text.Json;
using Local.Model.Behaviour;
using Local.Model.Streaming;

namespace Local.Model.Serving;

/// <summary>Sends a generation as its request wants it: streamed, or whole.</summary>
internal sealed class GenerationSender(TimeProvider time)
{
    public async ValueTask SendAsync(Exchange exchange, Generation generation)
    {
        exchange.PromptTokens = generation.PromptTokens;
        exchange.Stream = generation.Sampling.Stream;
        if (exchange.Stream)
        {
            await new StreamReply(exchange, generation, time).SendAsync(exchange.Left);
        }
        else
        {
            await SendWholeAsync(exchange, generation);
        }

        if (!exchange.IsFaulted)
        {
            exchange.FinishReasons = [.. generation.Choices.Select(choice => choice.FinishReason)];
        }
    }

    private async ValueTask SendWholeAsync(Exchange exchange, Generation generation)
    {
        var http = exchange.Http;
        await MakeTokensAsync(exchange, generation);
        if (exchange.Script.Find(FaultKind.Cut) is not null)
        {
            exchange.IsFaulted = true;
            await Connection.ResetAsync(http, time);
            return;
        }

        http.Response.ContentType = "application/json";
        if (exchange.Script.Find(FaultKind.Malformed) is not null)
        {
            exchange.IsFaulted = true;
            http.Response.BodyWriter.Write(Encoding.UTF8.GetBytes($"{{\"id\":\"{exchange.Id}\",\"object\":\"chat.comp"));
        }
        else
        {
            using var json = new Utf8JsonWriter(http.Response.BodyWriter, Json.WriterOptions);
            WholeReply.Write(json, exchange, generation);
            json.Flush();
        }

        await http.Response.BodyWriter.FlushAsync(exchange.Left);
    }

    /// <summary>Waits as long as the tokens would take; the choices are made side by side.</summary>
    private async ValueTask MakeTokensAsync(Exchange exchange, Generation generation)
    {
        var most = exchange.Script.Find(FaultKind.Cut)?.AfterTokens ?? int.MaxValue;
        var (total, longest) = (0, 0);
        foreach (var choice in generation.Choices)
        {
            var tokens = choice.Tokens;
            total += tokens;
            longest = Math.Max(longest, tokens);
        }

        try
        {
            await exchange.Pacer.FirstAsync(exchange.Left);
            exchange.FirstToken();
            await exchange.Pacer.AllAsync(Math.Min(longest, most), exchange.Left);
            if (exchange.Script.Find(FaultKind.Stall) is { } stall)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(stall.DurationMs), time, exchange.Left);
            }

            exchange.CompletionTokens = Math.Min(total, most);
        }
        catch (OperationCanceledException)
        {
            exchange.CompletionTokens = generation.Choices.Sum(choice => exchange.Pacer.MadeByNow(choice.Tokens));
            throw;
        }
    }
}
