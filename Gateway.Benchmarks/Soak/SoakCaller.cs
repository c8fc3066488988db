namespace Gateway.Benchmarks.Soak;

/// <summary>Asks once, and says how it ended.</summary>
internal sealed class SoakCaller(HttpClient http, CallBook book)
{
    private const int ChunksBeforeLeaving = 3;
    private const int SlowReadBytes = 32 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan BetweenSlowReads = TimeSpan.FromMilliseconds(50);

    public async Task AskAsync(SoakCall call)
    {
        var sent = book.Sent(call.Id);
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = call.ToContent() };
        request.Headers.Add("x-request-id", call.Id);
        var hasBegun = false;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            hasBegun = response.IsSuccessStatusCode;
            if (!hasBegun)
            {
                var refusal = await response.Content.ReadAsStringAsync(patience.Token);
                book.Ended(call.Id, sent, Ending.Refused, $"{(int)response.StatusCode} {refusal}");
                return;
            }

            await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
            var (ending, detail) = call.IsStream ? await ReadStreamAsync(call, body, patience.Token) : await ReadWholeAsync(call, body, patience.Token);
            book.Ended(call.Id, sent, ending, detail);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            book.Ended(call.Id, sent, hasBegun ? Ending.Broken : Ending.Refused, failure.Message);
        }
    }

    private static async Task<(Ending Ending, string Detail)> ReadStreamAsync(SoakCall call, Stream body, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(body);
        var chunks = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line == "data: [DONE]")
            {
                return chunks == call.Arrival.Tokens ? (Ending.Finished, "") : (Ending.Broken, $"{chunks} chunks of {call.Arrival.Tokens}, and [DONE]");
            }

            chunks += line.Contains("\"content\":\"", StringComparison.Ordinal) ? 1 : 0;
            if (call.Kind == CallKind.LeftStream && chunks == ChunksBeforeLeaving)
            {
                return (Ending.Left, "");
            }
        }

        return (Ending.Broken, $"{chunks} chunks of {call.Arrival.Tokens}");
    }

    // That all of it is there is held by its Content-Length.
    private static async Task<(Ending Ending, string Detail)> ReadWholeAsync(SoakCall call, Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[SlowReadBytes];
        byte last = 0;
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            last = buffer[read - 1];
            if (call.Kind == CallKind.SlowReader)
            {
                await Task.Delay(BetweenSlowReads, TimeProvider.System, cancellationToken);
            }
        }

        return last == '}' ? (Ending.Finished, "") : (Ending.Broken, "no whole JSON");
    }
}
