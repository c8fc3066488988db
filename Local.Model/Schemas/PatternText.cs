using System.Text;
using System.Text.RegularExpressions;

namespace Local.Model.Schemas;

/// <summary>
/// Makes a text that a simple regular expression matches: literals, classes, groups, alternatives (the first) and repeats
/// (the fewest). Null for what it cannot read: look-around, back-references.
/// </summary>
internal sealed class PatternText
{
    private readonly string _pattern;
    private int _at;

    private PatternText(string pattern) => _pattern = pattern;

    public static string? For(string pattern)
    {
        var reader = new PatternText(pattern);
        return reader.Alternatives() is { } text && reader._at == pattern.Length ? text : null;
    }

    private bool IsAt(char character) => _at < _pattern.Length && _pattern[_at] == character;

    private string? Alternatives()
    {
        var first = Sequence();
        while (first is not null && IsAt('|'))
        {
            _at++;
            if (Sequence() is null)
            {
                return null;
            }
        }

        return first;
    }

    private string? Sequence()
    {
        var text = new StringBuilder();
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            if (Atom() is not { } atom)
            {
                return null;
            }

            var times = Times();
            for (var time = 0; time < times; time++)
            {
                text.Append(atom);
            }
        }

        return text.ToString();
    }

    private string? Atom()
    {
        var character = _pattern[_at++];
        switch (character)
        {
            case '^' or '$':
                return "";
            case '.':
                return "a";
            case '[':
                return Class();
            case '\\':
                return Escape();
            case '(':
                return Group();
            default:
                return character.ToString();
        }
    }

    private string? Group()
    {
        if (IsAt('?'))
        {
            if (_at + 1 >= _pattern.Length || _pattern[_at + 1] != ':')
            {
                return null;
            }

            _at += 2;
        }

        var inner = Alternatives();
        if (inner is null || !IsAt(')'))
        {
            return null;
        }

        _at++;
        return inner;
    }

    private string? Escape()
    {
        if (_at == _pattern.Length)
        {
            return null;
        }

        return _pattern[_at++] switch
        {
            'd' => "1",
            'w' => "a",
            's' => " ",
            'b' => "",
            'D' or 'S' => "a",
            'W' => "-",
            't' => "\t",
            'n' => "\n",
            >= '0' and <= '9' => null,
            var literal => literal.ToString(),
        };
    }

    private string? Class()
    {
        var isNegated = IsAt('^');
        _at += isNegated ? 1 : 0;
        var start = _at;
        while (_at < _pattern.Length && (_pattern[_at] != ']' || _at == start))
        {
            _at += _pattern[_at] == '\\' ? 2 : 1;
        }

        if (_at >= _pattern.Length)
        {
            return null;
        }

        var members = _pattern[start.._at];
        _at++;
        if (isNegated)
        {
            return "aA1-_ ".Select(candidate => candidate.ToString()).FirstOrDefault(candidate => !Regex.IsMatch(candidate, $"[{members}]"));
        }

        return members[0] != '\\' ? members[0].ToString() : new PatternText(members[1..]).Escape();
    }

    // {n}, {n,}, {n,m}, +, *, ?, each perhaps lazy: the fewest, but "some" where none would do too, so that texts are not empty.
    private int Times()
    {
        var times = 1;
        if (IsAt('*') || IsAt('+'))
        {
            _at++;
        }
        else if (IsAt('?'))
        {
            _at++;
            times = 0;
        }
        else if (IsAt('{') && _pattern.IndexOf('}', _at) is > 0 and var end && int.TryParse(_pattern[(_at + 1)..end].Split(',')[0], out var least))
        {
            _at = end + 1;
            times = Math.Min(least, 1000);
        }

        _at += IsAt('?') ? 1 : 0;
        return times;
    }
}
