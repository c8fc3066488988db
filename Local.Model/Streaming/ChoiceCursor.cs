using Local.Model.Answers;

namespace Local.Model.Streaming;

/// <summary>Where in a choice a stream has got to.</summary>
internal sealed class ChoiceCursor(Choice choice)
{
    private int _segment;
    private int _token;

    public Choice Choice => choice;

    /// <summary>The first characters sent so far, for the offsets of a text's log probabilities.</summary>
    public int Offset { get; private set; }

    public bool IsFinished { get; set; }

    /// <summary>The next piece to send: one token of text or arguments, or the whole name of a tool or of an echoed prompt.</summary>
    public bool TryNext(out Piece piece)
    {
        while (_segment < choice.Segments.Count)
        {
            var segment = choice.Segments[_segment];
            var isAtOnce = segment.Kind is SegmentKind.ToolName or SegmentKind.Echo;
            if (_token < segment.Tokens.Count)
            {
                piece = new Piece(segment, _token, isAtOnce ? segment.Tokens.Count : _token + 1);
                _token = piece.To;
                return true;
            }

            Offset += segment.Tokens.Text.Length;
            _segment++;
            _token = 0;
        }

        piece = default;
        return false;
    }
}
