using Local.Model.Answers;

namespace Local.Model.Streaming;

/// <summary>Some tokens of a segment, sent in one chunk.</summary>
internal readonly record struct Piece(Segment Segment, int From, int To)
{
    public ReadOnlySpan<char> Text => To - From == 1
        ? Segment.Tokens[From]
        : Segment.Tokens.Text.AsSpan(Segment.Tokens.StartOf(From)..(To == Segment.Tokens.Count ? Segment.Tokens.Text.Length : Segment.Tokens.StartOf(To)));

    public int Generated => Segment.Kind is SegmentKind.Echo ? 0 : To - From;
}
