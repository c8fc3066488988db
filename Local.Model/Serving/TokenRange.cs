using Local.Model.Tokens;

namespace Local.Model.Serving;

/// <summary>Some tokens of a text, and where that text stands in the whole answer.</summary>
internal readonly record struct TokenRange(TokenSequence Tokens, int From, int To, int Offset, bool IsPrompt);
