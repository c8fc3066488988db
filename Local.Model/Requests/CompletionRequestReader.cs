namespace Local.Model.Requests;

internal static class CompletionRequestReader
{
    // OpenAI's default, and vLLM's.
    private const int DefaultMaxTokens = 16;
    private const int MostAlternatives = 20;

    public static CompletionRequest Read(Fields fields)
    {
        var echo = fields.Flag("echo") ?? false;
        var sampling = SamplingReader.Read(fields, echo ? 0 : 1, DefaultMaxTokens) with
        {
            Logprobs = (int?)fields.Integer("logprobs", 0, MostAlternatives),
        };
        if (fields.Integer("best_of", 1, int.MaxValue) is { } best && best < sampling.Choices)
        {
            fields.Problem("best_of", $"Invalid value for 'best_of': expected at least n ({sampling.Choices}), but got {best} instead.");
        }

        fields.Text("suffix");
        return new CompletionRequest
        {
            Model = fields.RequiredText("model"),
            Prompts = PromptReader.Read(fields, "prompt"),
            Sampling = sampling,
            Echo = echo,
        };
    }
}
