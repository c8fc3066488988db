namespace Gateway.Api.Requests;

/// <summary>What the gateway acts on in a request. Everything else it passes on unseen.</summary>
/// <param name="Model">The alias that the caller named.</param>
/// <param name="ModelValue">Where the model's JSON string stands in the body, quotes included.</param>
/// <param name="Stream">Whether the caller wants server-sent events.</param>
/// <param name="Choices">How many choices the answer will hold; null where that is for the provider to work out.</param>
/// <param name="IncludesUsage">Whether the caller wants a stream's usage chunk.</param>
/// <param name="AskForUsage">The change that makes a provider tell a stream's usage; null where nothing is to be changed.</param>
/// <param name="MaxOutputTokens"><c>max_completion_tokens</c>, or <c>max_tokens</c>; null where neither is a number.</param>
/// <param name="MostChoices">How many answers are made and billed at most.</param>
/// <param name="IsDeterministic">Whether the same request gets the same answer: it states a temperature of 0, or wants embeddings.</param>
internal readonly record struct RequestFields(
    string Model, Range ModelValue, bool Stream, int? Choices, bool IncludesUsage, Splice? AskForUsage, long? MaxOutputTokens, long MostChoices = 1, bool IsDeterministic = false);
