using System.Text.Json.Nodes;
using Shouldly;

namespace Gateway.Tests.Schemas;

/// <summary>
/// Checks a whole stream: each frame by its schema, and what only shows over all of them: 1. every frame is one <c>data:</c> line
/// and the last is <c>[DONE]</c>; 2. one id, creation time and model throughout; 3. usage in a last chunk without choices where it
/// was asked for, else nowhere; 4. each choice begins with its role (chat) and has one finish reason, at its end.
/// </summary>
public static class OpenAIStreams
{
    private const string Prefix = "data: ";

    private const string Done = "data: [DONE]";

    /// <returns>The chunks, without <c>[DONE]</c>.</returns>
    public static IReadOnlyList<JsonObject> ShouldBeChatStream(string body, int choices = 1, bool usage = false)
    {
        var chunks = ReadChunks(body, OpenAISchemas.ShouldBeChatChunk);
        ShouldHaveUsage(chunks, usage, body);
        ShouldHaveChoices(chunks, choices, body, ShouldBeginWithRole);
        return chunks;
    }

    /// <returns>The chunks, without <c>[DONE]</c>.</returns>
    public static IReadOnlyList<JsonObject> ShouldBeTextStream(string body, int choices = 1, bool usage = false)
    {
        var chunks = ReadChunks(body, OpenAISchemas.ShouldBeTextChunk);
        ShouldHaveUsage(chunks, usage, body);
        ShouldHaveChoices(chunks, choices, body, (_, _) => { });
        return chunks;
    }

    /// <summary>What a choice says over all of its chunks.</summary>
    public static string TextOf(IEnumerable<JsonObject> chunks, int choice = 0) =>
        string.Concat(ChoicesOf(chunks).Where(each => (int)each["index"]! == choice).Select(each => (string?)(each["text"] ?? each["delta"]!["content"])));

    public static IEnumerable<JsonObject> ChoicesOf(IEnumerable<JsonObject> chunks) =>
        chunks.SelectMany(chunk => chunk["choices"]!.AsArray()).Select(choice => choice!.AsObject());

    // 1. and 2.
    private static List<JsonObject> ReadChunks(string body, Func<string, JsonObject> read)
    {
        body.ShouldEndWith("\n\n");
        var frames = body.Split("\n\n")[..^1];
        frames.ShouldAllBe(frame => frame.StartsWith(Prefix, StringComparison.Ordinal) && !frame.Contains('\n'), body);
        frames.Where(frame => frame == Done).ShouldBe([frames[^1]], body);
        var chunks = frames[..^1].Select(frame => read(frame[Prefix.Length..])).ToList();
        chunks.Select(chunk => ((string)chunk["id"]!, (long)chunk["created"]!, (string)chunk["model"]!)).Distinct().Count().ShouldBe(1, body);
        return chunks;
    }

    // 3.
    private static void ShouldHaveUsage(List<JsonObject> chunks, bool usage, string body)
    {
        var withUsage = chunks.Where(chunk => chunk["usage"] is not null).ToList();
        var withoutChoices = chunks.Where(chunk => chunk["choices"]!.AsArray().Count == 0).ToList();
        IEnumerable<JsonObject> expected = usage ? [chunks[^1]] : [];
        withUsage.ShouldBe(expected, body);
        withoutChoices.ShouldBe(expected, body);
        chunks.ShouldAllBe(chunk => chunk.ContainsKey("usage") == usage, body);
    }

    // 4.
    private static void ShouldHaveChoices(List<JsonObject> chunks, int choices, string body, Action<List<JsonObject>, string> check)
    {
        var byIndex = ChoicesOf(chunks).GroupBy(choice => (int)choice["index"]!).OrderBy(choice => choice.Key).ToList();
        byIndex.Select(choice => choice.Key).ShouldBe(Enumerable.Range(0, choices), body);
        foreach (var choice in byIndex.Select(group => group.ToList()))
        {
            choice.Where(part => part["finish_reason"] is not null).ShouldBe([choice[^1]], body);
            check(choice, body);
        }
    }

    private static void ShouldBeginWithRole(List<JsonObject> choice, string body)
    {
        choice.Where(part => part["delta"]!.AsObject().ContainsKey("role")).ShouldBe([choice[0]], body);
        ((string)choice[0]["delta"]!["role"]!).ShouldBe("assistant", body);
    }
}
