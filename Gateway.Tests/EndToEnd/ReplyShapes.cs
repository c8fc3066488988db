namespace Gateway.Tests.EndToEnd;

/// <summary>Requests that make the gateway answer in every shape it knows.</summary>
internal static class ReplyShapes
{
    private static readonly object[] Hello = [new { role = "user", content = "Tell me about rivers and lakes." }];

    private static readonly object Weather = new
    {
        type = "function",
        function = new { name = "get_weather", parameters = new { type = "object", properties = new { city = new { type = "string" } }, required = new[] { "city" } } },
    };

    private static readonly object CitySchema = new
    {
        type = "json_schema",
        json_schema = new { name = "city", strict = true, schema = new { type = "object", properties = new { name = new { type = "string" } }, required = new[] { "name" }, additionalProperties = false } },
    };

    /// <summary>Chat requests by what they ask for; each is sent plain and streamed.</summary>
    public static readonly Dictionary<string, ChatShape> Chat = new()
    {
        ["nothing special"] = new(new { }),
        ["two choices"] = new(new { n = 2 }, Choices: 2),
        ["three choices that are cut"] = new(new { n = 3, max_tokens = 2 }, Choices: 3, Finish: "length"),
        ["a limit"] = new(new { max_completion_tokens = 4 }, Finish: "length"),
        ["a stop sequence"] = new(new { stop = new[] { "simulated" } }),
        ["sampling settings"] = new(new { temperature = 0.5, top_p = 0.9, presence_penalty = 0.1, frequency_penalty = 0.1, seed = 7, user = "someone" }),
        ["log probabilities"] = new(new { logprobs = true }),
        ["log probabilities with alternatives"] = new(new { logprobs = true, top_logprobs = 3, n = 2 }, Choices: 2),
        ["a tool"] = new(new { tools = new[] { Weather }, messages = User("What is the weather in Paris?") }, Finish: "tool_calls"),
        ["two tool calls"] = new(new { tools = new[] { Weather }, messages = User("What is the weather in Paris and in Rome?") }, Finish: "tool_calls"),
        ["a tool that must be called"] = new(new { tools = new[] { Weather }, tool_choice = "required" }, Finish: "tool_calls"),
        ["a tool that must not be called"] = new(new { tools = new[] { Weather }, tool_choice = "none" }),
        ["a json object"] = new(new { response_format = new { type = "json_object" } }),
        ["a json schema"] = new(new { response_format = CitySchema }),
        ["parts and a picture"] = new(new
        {
            messages = User(new object[] { new { type = "text", text = "What is this?" }, new { type = "image_url", image_url = new { url = "data:image/png;base64,AA==" } } }),
        }),
    };

    /// <summary>Text completions by what they ask for; each is sent plain and streamed.</summary>
    public static readonly Dictionary<string, ChatShape> Text = new()
    {
        ["nothing special"] = new(new { prompt = "Once upon a time" }),
        ["a list of prompts"] = new(new { prompt = new[] { "Once", "Twice", "Thrice" } }, Choices: 3),
        ["a list of prompts, twice each"] = new(new { prompt = new[] { "Once", "Twice" }, n = 2 }, Choices: 4),
        ["the prompt repeated"] = new(new { prompt = "Once upon a time", echo = true, max_tokens = 4 }),
        ["log probabilities"] = new(new { prompt = "Once upon a time", logprobs = 2, max_tokens = 4 }),
        ["a stop sequence"] = new(new { prompt = "Once upon a time", stop = "simulated", max_tokens = 200 }),
    };

    /// <summary>Embeddings by what they ask for.</summary>
    public static readonly Dictionary<string, object> Embeddings = new()
    {
        ["one text"] = new { input = "a red bicycle" },
        ["three texts"] = new { input = new[] { "a red bicycle", "a blue kettle", "rain" } },
        ["base64"] = new { input = "a red bicycle", encoding_format = "base64" },
        ["floats"] = new { input = "a red bicycle", encoding_format = "float" },
        ["fewer dimensions"] = new { input = "a red bicycle", dimensions = 16, user = "someone" },
    };

    public static object[] Messages => Hello;

    private static object[] User(object content) => [new { role = "user", content }];
}

/// <param name="Fields">The fields of the request beside model and stream.</param>
/// <param name="Choices">How many choices answer it.</param>
/// <param name="Finish">Why each of them ends.</param>
internal sealed record ChatShape(object Fields, int Choices = 1, string Finish = "stop");
