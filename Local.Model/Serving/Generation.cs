using Local.Model.Answers;
using Local.Model.Requests;

namespace Local.Model.Serving;

/// <summary>An answered request: every choice made up, nothing sent yet.</summary>
internal sealed record Generation(ReplyForm Form, string Model, Sampling Sampling, int PromptTokens, IReadOnlyList<Choice> Choices);
