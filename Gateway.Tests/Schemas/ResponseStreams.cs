using System.Text.Json.Nodes;
using Shouldly;

namespace Gateway.Tests.Schemas;

/// <summary>
/// Checks a whole stream of a response: each event by its schema, and what only shows over all of them: 1. every frame names its event
/// and has one line of data, or is a comment, and none is <c>[DONE]</c>; 2. sequence numbers count from 0; 3. created and in_progress come first,
/// and one of completed, incomplete and failed last; 4. items and their parts begin, grow and end in order, one at a time, and what they
/// ended as is what grew; 5. the items that ended are the output.
/// </summary>
public static class ResponseStreams
{
    private static readonly string[] Ends = ["response.completed", "response.incomplete", "response.failed"];

    public static IReadOnlyList<JsonObject> ShouldBeResponseStream(string body)
    {
        var events = ReadEvents(body);
        events.Select(each => (int)each["sequence_number"]!).ShouldBe(Enumerable.Range(0, events.Count), body);
        events.Take(2).Select(TypeOf).ShouldBe(["response.created", "response.in_progress"], body);
        events.Where(each => Ends.Contains(TypeOf(each))).ShouldBe([events[^1]], body);
        ShouldGrow(events, body);
        return events;
    }

    public static string TypeOf(JsonObject told) => (string)told["type"]!;

    /// <summary>The names of the events, those in a row that are the same named once.</summary>
    public static IReadOnlyList<string> OrderOf(IReadOnlyList<JsonObject> events) =>
        [.. events.Select(TypeOf).Where((name, index) => index == 0 || TypeOf(events[index - 1]) != name).Select(name => name["response.".Length..])];

    // 1.
    private static List<JsonObject> ReadEvents(string body)
    {
        body.ShouldEndWith("\n\n");
        return [.. body.Split("\n\n")[..^1].Where(frame => !frame.StartsWith(':')).Select(frame =>
        {
            var lines = frame.Split('\n');
            lines.Length.ShouldBe(2, frame);
            lines[0].ShouldStartWith("event: ");
            lines[1].ShouldStartWith("data: ");
            return ResponseSchemas.ShouldBeEvent(lines[0]["event: ".Length..], lines[1]["data: ".Length..]);
        })];
    }

    // 4. and 5.
    private static void ShouldGrow(List<JsonObject> events, string body)
    {
        var (ended, item, grown) = (new List<JsonNode>(), (JsonNode?)null, "");
        foreach (var told in events)
        {
            var type = TypeOf(told);
            if (type == "response.output_item.added")
            {
                item.ShouldBeNull(body);
                item = told["item"]!;
                ((int)told["output_index"]!).ShouldBe(ended.Count, body);
                ((string?)item["status"] ?? "in_progress").ShouldBe("in_progress", body);
            }
            else if (type == "response.output_item.done")
            {
                ((string)told["item"]!["id"]!).ShouldBe((string)item!["id"]!, body);
                ended.Add(told["item"]!);
                item = null;
            }
            else if (told.ContainsKey("item_id"))
            {
                ((string)told["item_id"]!).ShouldBe((string)item!["id"]!, body);
                ((int)told["output_index"]!).ShouldBe(ended.Count, body);
            }

            if (type.EndsWith(".delta", StringComparison.Ordinal))
            {
                grown += (string)told["delta"]!;
            }
            else if ((told["text"] ?? told["refusal"] ?? told["arguments"]) is { } text)
            {
                ((string)text!).ShouldBe(grown, body);
                grown = "";
            }
        }

        if (TypeOf(events[^1]) != "response.failed")
        {
            item.ShouldBeNull(body);
            JsonNode.DeepEquals(events[^1]["response"]!["output"], new JsonArray([.. ended.Select(each => each.DeepClone())])).ShouldBeTrue(body);
        }
    }
}
