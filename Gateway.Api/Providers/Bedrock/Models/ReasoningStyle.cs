namespace Gateway.Api.Providers.Bedrock.Models;

/// <summary>How a model is told to reason.</summary>
internal enum ReasoningStyle
{
    None,

    /// <summary><c>thinking{type, budget_tokens}</c>.</summary>
    Claude,

    /// <summary><c>reasoningConfig{type, maxReasoningEffort}</c>.</summary>
    Nova,

    /// <summary><c>reasoning_effort</c>, as OpenAI has it.</summary>
    GptOss,
}
