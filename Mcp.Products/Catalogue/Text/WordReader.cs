namespace Mcp.Products.Catalogue.Text;

/// <summary>
/// Takes a text apart into the words that are searched: small letters, no accents, no plural s. Numbers keep their point (<c>2.4ghz</c>); a script
/// without spaces gives a word a character.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="buffer">Room to work in: <see cref="BufferLength"/> characters.</param>
/// <param name="joins">Whether <c>wi-fi</c> gives <c>wifi</c> besides <c>wi</c> and <c>fi</c>: in what is searched, not in what is searched for.</param>
internal ref struct WordReader(ReadOnlySpan<char> text, Span<char> buffer, bool joins)
{
    /// <summary>What is past it in a word is not looked at.</summary>
    public const int MaxLength = 40;

    public const int BufferLength = 3 * MaxLength;

    private const int LongestJoin = 16;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly Span<char> _word = buffer[..MaxLength];
    private readonly Span<char> _stem = buffer.Slice(MaxLength, MaxLength);
    private readonly Span<char> _join = buffer.Slice(2 * MaxLength, MaxLength);
    private int _position;
    private int _length;
    private int _joined;
    private bool _joinIsDue;

    /// <summary>The word as it is searched.</summary>
    public ReadOnlySpan<char> Current { get; private set; }

    /// <summary>The word as it was written but for case and accents.</summary>
    public readonly ReadOnlySpan<char> Written => _word[.._length];

    public bool MoveNext()
    {
        if (_joinIsDue)
        {
            _joinIsDue = false;
            _join[.._joined].CopyTo(_word);
            _length = _joined;
            Current = Stem();
            return true;
        }

        var end = _position;
        while (_position < _text.Length && !char.IsLetterOrDigit(_text[_position]))
        {
            _position++;
        }

        if (_position == _text.Length)
        {
            return false;
        }

        var hyphenated = joins && _joined > 0 && _position == end + 1 && _text[end] == '-';
        var letters = ReadWord();
        Current = Stem();
        Join(hyphenated, letters);
        return true;
    }

    private bool ReadWord()
    {
        _length = 0;
        var letters = true;
        for (; _position < _text.Length; _position++)
        {
            var letter = _text[_position];
            if (letter is '\'' or '’' && IsLetter(_position + 1) && IsLetter(_position - 1))
            {
                continue;
            }

            if (!char.IsLetterOrDigit(letter) && !(letter == '.' && IsDigit(_position - 1) && IsDigit(_position + 1)))
            {
                break;
            }

            if (IsWordByItself(letter))
            {
                if (_length == 0)
                {
                    _word[_length++] = letter;
                    _position++;
                }

                return false;
            }

            letters &= char.IsLetter(letter);
            if (_length < MaxLength)
            {
                _word[_length++] = Accents.Fold(char.ToLowerInvariant(letter));
            }
        }

        return letters;
    }

    private void Join(bool hyphenated, bool letters)
    {
        if (!letters || _length > LongestJoin)
        {
            _joined = 0;
            return;
        }

        if (hyphenated && _joined + _length <= LongestJoin)
        {
            _word[.._length].CopyTo(_join[_joined..]);
            _joined += _length;
            _joinIsDue = true;
            return;
        }

        _word[.._length].CopyTo(_join);
        _joined = _length;
    }

    // Harman's s-stemmer: it makes no two words one that mean different things.
    private readonly ReadOnlySpan<char> Stem()
    {
        var word = _word[.._length];
        if (_length < 4 || word[^1] != 's' || word[^2] is 's' or 'u' or 'i' || !char.IsLetter(word[^2]))
        {
            return word;
        }

        if (word[^2] == 'e' && word[^3] == 'i' && _length > 4)
        {
            word[..^3].CopyTo(_stem);
            _stem[_length - 3] = 'y';
            return _stem[..(_length - 2)];
        }

        return word[^2] == 'e' && (word[^3] is 'x' || word is [.., 'c' or 's', 'h', _, _]) ? word[..^2] : word[..^1];
    }

    private readonly bool IsDigit(int position) => position >= 0 && position < _text.Length && char.IsAsciiDigit(_text[position]);

    private readonly bool IsLetter(int position) => position >= 0 && position < _text.Length && char.IsLetter(_text[position]);

    // Kana, Han and Hangul.
    private static bool IsWordByItself(char letter) => letter is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3');
}
