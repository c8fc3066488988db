namespace Local.Model.Answers;

/// <summary>One answer, whole, before any of it is sent.</summary>
internal sealed record Choice(int Index, IReadOnlyList<Segment> Segments, string FinishReason, string? StopReason = null)
{
    public int Tokens => Segments.Sum(segment => segment.Kind is SegmentKind.Echo ? 0 : segment.Tokens.Count);
}
