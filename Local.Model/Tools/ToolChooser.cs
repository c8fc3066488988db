using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Local.Model.Answers;
using Local.Model.Prompts;
using Local.Model.Requests;
using Local.Model.Schemas;
using Local.Model.Serving;

namespace Local.Model.Tools;

/// <summary>Decides which tools a message asks for, and with what arguments.</summary>
internal static partial class ToolChooser
{
    /// <summary>From here on a tool is taken to be meant: one word of its name, or two of its description.</summary>
    private const int Meant = 2;

    /// <summary>From here on a further part of the message asks for a tool on its own.</summary>
    private const int MeantAgain = 3;

    public static IReadOnlyList<ToolCall> Choose(ChatRequest request, Conversation conversation)
    {
        var choice = request.ToolChoice;
        if (request.Tools.Count == 0 || choice.Kind is ToolChoiceKind.None || (choice.Kind is ToolChoiceKind.Auto && conversation.ToolResults.Count > 0))
        {
            return [];
        }

        var words = request.Tools.Where(tool => choice.Kind is not ToolChoiceKind.Named || tool.Name == choice.Name).Select(tool => new ToolWords(tool)).ToList();
        var least = choice.Kind is ToolChoiceKind.Auto ? Meant : 0;
        var calls = Tasks(conversation.Question, words, least).Select(Call).DistinctBy(call => (call.Name, call.Arguments));
        return [.. request.ParallelToolCalls ? calls : calls.Take(1)];
    }

    /// <summary>Cuts the message where it asks for another thing: "the weather in Paris and in Rome" asks for two.</summary>
    private static List<ToolTask> Tasks(string question, IReadOnlyList<ToolWords> tools, int least)
    {
        var whole = Best(question, tools);
        var tasks = new List<ToolTask>();
        if (whole.Score < least)
        {
            return tasks;
        }

        foreach (var part in Borders().Split(question).Where(part => part.Trim().Length > 0))
        {
            var best = Best(part, tools);
            var last = tasks.Count == 0 ? null : tasks[^1];
            if (last is null)
            {
                tasks.Add(new ToolTask(best.Score >= Math.Max(least, 1) ? best.Tool : whole.Tool, part, part));
            }
            else if (best.Score >= MeantAgain)
            {
                tasks.Add(new ToolTask(best.Tool, part, part));
            }
            else if (BareSubject().IsMatch(part) && !last.Tool.TakesLists && NamesIn(last.Text) > 0)
            {
                tasks.Add(new ToolTask(last.Tool, part, question));
            }
            else
            {
                tasks[^1] = last with { Text = $"{last.Text} and {part}", Whole = $"{last.Text} and {part}" };
            }
        }

        return tasks;
    }

    private static int NamesIn(string text) => new PromptFacts(text) is var facts ? facts.Names.Count + facts.Places.Count : 0;

    private static (ToolWords Tool, int Score) Best(string text, IReadOnlyList<ToolWords> tools)
    {
        var best = (Tool: tools[0], Score: tools[0].Score(text));
        for (var index = 1; index < tools.Count; index++)
        {
            var score = tools[index].Score(text);
            best = score > best.Score ? (tools[index], score) : best;
        }

        return best;
    }

    private static ToolCall Call(ToolTask task)
    {
        var arguments = SchemaInstance.Make(ObjectSchema(task.Tool.Tool), new PromptFacts(task.Text, task.Whole));
        return new ToolCall(task.Tool.Tool.Name, arguments?.ToJsonString(Compact) ?? "{}");
    }

    // Arguments are an object, whether the schema troubles to say so or not.
    private static JsonObject ObjectSchema(Tool tool)
    {
        var schema = (JsonObject)tool.Schema.DeepClone();
        schema.TryAdd("type", "object");
        return schema;
    }

    private static readonly JsonSerializerOptions Compact = new() { Encoder = Json.WriterOptions.Encoder };

    private sealed record ToolTask(ToolWords Tool, string Text, string Whole);

    [GeneratedRegex("""\s*(?:,?\s+(?:and|then|plus)\s+(?:also\s+|then\s+)?|;|,\s+(?:also\s+)?|[?.!]\s+)\s*""", RegexOptions.IgnoreCase)]
    private static partial Regex Borders();

    [GeneratedRegex("""^\s*(?:(?:in|at|for|to|from|near|of)\s+)?\p{Lu}[\p{L}'-]*(?:\s\p{Lu}[\p{L}'-]*)*(?:\s(?:in|with|using|as)\s\p{Ll}+)?\W*$""")]
    private static partial Regex BareSubject();
}
