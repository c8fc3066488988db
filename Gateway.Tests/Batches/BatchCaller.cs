using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Schemas;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Batches;

/// <summary>What a caller does with batches; all that comes back is held against OpenAI's shapes.</summary>
internal sealed class BatchCaller(HttpClient http)
{
    private const string Ended = "completed failed expired cancelled";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A line for a chat completion.</summary>
    public static string Line(string customId, string text = "Hi", string model = "phi-3-mini") =>
        $$$"""{"custom_id":"{{{customId}}}","method":"POST","url":"/v1/chat/completions","body":{"model":"{{{model}}}","messages":[{"role":"user","content":"{{{text}}}"}],"max_tokens":10}}""";

    public static string Lines(int count) => string.Join('\n', Enumerable.Range(1, count).Select(number => Line($"line-{number}", $"number {number}")));

    public async Task<string> UploadAsync(string text)
    {
        using var form = new MultipartFormDataContent { { new StringContent("batch"), "purpose" }, { new StringContent(text, Encoding.UTF8, "application/jsonl"), "file", "input.jsonl" } };
        using var response = await http.PostAsync("/v1/files", form, Token);
        var body = await response.Content.ReadAsStringAsync(Token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return (string)OpenAISchemas.ShouldBeFile(body)["id"]!;
    }

    public async Task<JsonObject> CreateAsync(string text, string endpoint = "/v1/chat/completions", object? metadata = null)
    {
        using var response = await PostAsync(new { input_file_id = await UploadAsync(text), endpoint, completion_window = "24h", metadata });
        var body = await response.Content.ReadAsStringAsync(Token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return OpenAISchemas.ShouldBeBatch(body);
    }

    public Task<HttpResponseMessage> PostAsync(object body) => http.PostAsJsonAsync("/v1/batches", body, Token);

    public async Task<JsonObject> GetAsync(string id) => OpenAISchemas.ShouldBeBatch(await http.GetStringAsync($"/v1/batches/{id}", Token));

    public async Task<JsonObject> CancelAsync(string id)
    {
        using var response = await http.PostAsync($"/v1/batches/{id}/cancel", content: null, Token);
        return OpenAISchemas.ShouldBeBatch(await response.Content.ReadAsStringAsync(Token));
    }

    /// <summary>Polls, as a caller does, until it has ended.</summary>
    public Task<JsonObject> EndOfAsync(JsonObject batch) => UntilAsync((string)batch["id"]!, now => Ended.Contains((string)now["status"]!, StringComparison.Ordinal));

    public async Task<JsonObject> UntilAsync(string id, Func<JsonObject, bool> isThere)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var batch = await GetAsync(id);
            if (isThere(batch))
            {
                return batch;
            }

            await tick.WaitForNextTickAsync(Token);
        }
    }

    public async Task<JsonObject> RunAsync(string text, string endpoint = "/v1/chat/completions") => await EndOfAsync(await CreateAsync(text, endpoint));

    /// <summary>The lines of its output file; none where it has no such file.</summary>
    public Task<IReadOnlyList<JsonObject>> OutputOfAsync(JsonObject batch) => LinesOfAsync((string?)batch["output_file_id"]);

    /// <summary>The lines of its error file.</summary>
    public Task<IReadOnlyList<JsonObject>> ErrorsOfAsync(JsonObject batch) => LinesOfAsync((string?)batch["error_file_id"]);

    /// <summary>Total, completed and failed.</summary>
    public static (int Total, int Completed, int Failed) CountsOf(JsonObject batch) =>
        ((int)batch["request_counts"]!["total"]!, (int)batch["request_counts"]!["completed"]!, (int)batch["request_counts"]!["failed"]!);

    public static string IdOf(JsonObject line) => (string?)line["custom_id"] ?? "";

    /// <summary>The code of a line's error, of the gateway's own or in its response.</summary>
    public static string CodeOf(JsonObject line) => (string?)(line["error"] ?? line["response"]!["body"]!["error"])!["code"] ?? "";

    private async Task<IReadOnlyList<JsonObject>> LinesOfAsync(string? fileId)
    {
        if (fileId is null)
        {
            return [];
        }

        var file = OpenAISchemas.ShouldBeFile(await http.GetStringAsync($"/v1/files/{fileId}", Token));
        ((string?)file["purpose"]).ShouldBe("batch_output");
        var text = await http.GetStringAsync($"/v1/files/{fileId}/content", Token);
        text.ShouldEndWith("\n");
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(OpenAISchemas.ShouldBeBatchOutput)];
    }
}
