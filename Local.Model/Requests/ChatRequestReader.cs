namespace Local.Model.Requests;

internal static class ChatRequestReader
{
    private const int MostAlternatives = 20;

    public static ChatRequest Read(Fields fields)
    {
        var model = fields.RequiredText("model");
        var messages = MessageReader.Read(fields);
        var tools = ToolReader.ReadTools(fields);
        var continues = fields.Flag("continue_final_message") ?? false;
        if (continues && (fields.Flag("add_generation_prompt") ?? false))
        {
            fields.Problem("continue_final_message", "Cannot set both `continue_final_message` and `add_generation_prompt` to True.");
        }

        if (continues && messages.Count > 0 && messages[^1].Role != "assistant")
        {
            fields.Problem("continue_final_message", "continue_final_message is set but the last message is not from the assistant.");
        }

        return new ChatRequest
        {
            Model = model,
            Messages = messages,
            Sampling = SamplingReader.Read(fields, 1, null) with { Logprobs = ReadLogprobs(fields) },
            Tools = tools,
            ToolChoice = ToolReader.ReadChoice(fields, tools),
            ParallelToolCalls = fields.Flag("parallel_tool_calls") ?? true,
            Format = ResponseFormatReader.Read(fields),
            ContinuesFinalMessage = continues,
        };
    }

    private static int? ReadLogprobs(Fields fields)
    {
        var wanted = fields.Flag("logprobs") ?? false;
        var top = fields.Integer("top_logprobs", 0, MostAlternatives);
        if (top is not null && !wanted)
        {
            fields.Problem("top_logprobs", "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.");
        }

        return wanted ? (int)(top ?? 0) : null;
    }
}
