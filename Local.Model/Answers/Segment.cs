using Local.Model.Tokens;

namespace Local.Model.Answers;

/// <summary>A part of an answer: text, the head of a tool call or its arguments.</summary>
internal sealed record Segment(SegmentKind Kind, TokenSequence Tokens, string CallId = "", int CallIndex = 0);
