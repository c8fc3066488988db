namespace Gateway.Benchmarks.Soak;

/// <param name="At">Since the load's beginning.</param>
/// <param name="PromptTokens">How long the question is.</param>
/// <param name="Tokens">How long the answer is.</param>
internal readonly record struct Arrival(TimeSpan At, int PromptTokens, int Tokens);
