using ServiceDefaults.Usage;

namespace Gateway.Api.Answers;

/// <summary>What is known once an answer is complete.</summary>
/// <param name="Tokens">What it used.</param>
/// <param name="ReasoningTokens">How many of the output's tokens were thought and not said; 0 where the provider does not tell.</param>
/// <param name="IsEstimate">Whether the provider told no usage, and the gateway has estimated it.</param>
/// <param name="CostNanoUsd">What it cost; null where that is not known.</param>
internal readonly record struct AnswerEnd(UsageTokens Tokens, long ReasoningTokens, bool IsEstimate, long? CostNanoUsd);
