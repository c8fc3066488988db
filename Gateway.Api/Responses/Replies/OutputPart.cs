namespace Gateway.Api.Responses.Replies;

/// <summary>A piece of text in an item.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Where it stands in the answer's <see cref="OutputText"/>, as a JSON string.</param>
/// <param name="Logprobs">Where the log probabilities of its tokens stand there: the inside of a JSON list.</param>
internal readonly record struct OutputPart(PartKind Kind, Range Text, Range Logprobs);
