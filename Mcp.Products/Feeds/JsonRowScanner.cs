using System.Text;

namespace Mcp.Products.Feeds;

/// <summary>
/// Finds where the rows of a JSON feed begin and end, byte by byte: <c>[{…},{…}]</c> or <c>{"products":[{…},{…}]}</c>. What is in them is for
/// others to judge.
/// </summary>
internal sealed class JsonRowScanner
{
    private const int LongestName = 64;

    private static readonly string[] ArrayNames = ["products", "items", "data"];

    private readonly Stack<byte> _open = new();
    private readonly StringBuilder _text = new();
    private bool _inText;
    private bool _escaped;
    private int _rowDepth;
    private bool _hasRows;
    private bool _inProducts;
    private string _name = "";
    private long _line = 1;

    public bool IsInRow => _rowDepth > 0;

    /// <summary>Where the row at hand, or the last one, began.</summary>
    public long RowLine { get; private set; }

    /// <summary>Whether it is part of a row or begins one; the byte that ends one is not.</summary>
    public bool Take(byte next)
    {
        if (next == '\n')
        {
            _line++;
        }

        if (_inText)
        {
            TakeText(next);
            return IsInRow;
        }

        switch (next)
        {
            case (byte)'"':
                _inText = true;
                _text.Clear();
                break;
            case (byte)'{' or (byte)'[':
                Open(next);
                break;
            case (byte)'}' or (byte)']':
                Close(next);
                break;
            default:
                Check(next);
                break;
        }

        return IsInRow;
    }

    /// <exception cref="InvalidDataException">The feed broke off, or is none.</exception>
    public void End()
    {
        if (_open.Count > 0 || _inText)
        {
            throw new InvalidDataException($"Line {_line}: the JSON breaks off before its end.");
        }

        if (!_hasRows)
        {
            throw new InvalidDataException("The JSON holds no array of products. One product a line is the format jsonl.");
        }
    }

    private void TakeText(byte next)
    {
        if (_escaped)
        {
            _escaped = false;
        }
        else if (next == '\\')
        {
            _escaped = true;
        }
        else if (next == '"')
        {
            _inText = false;
            _name = _open.Count == 1 ? _text.ToString() : _name;
        }
        else if (_open.Count == 1 && _text.Length < LongestName)
        {
            _text.Append((char)next);
        }
    }

    private void Open(byte bracket)
    {
        if (bracket == '[' && !IsInRow && IsProducts)
        {
            _hasRows = true;
            _inProducts = true;
        }
        else if (bracket == '{' && !IsInRow && _inProducts && _open.Peek() == '[')
        {
            _rowDepth = _open.Count + 1;
            RowLine = _line;
        }

        _open.Push(bracket);
    }

    private bool IsProducts => _open.Count == 0 || (_open.Count == 1 && _open.Peek() == '{' && ArrayNames.Contains(_name));

    private void Close(byte bracket)
    {
        if (!_open.TryPop(out var opened) || opened != (bracket == '}' ? '{' : '['))
        {
            throw new InvalidDataException($"Line {_line}: a '{(char)bracket}' closes nothing that is open.");
        }

        if (_open.Count < _rowDepth)
        {
            _rowDepth = 0;
        }

        if (!IsInRow && bracket == ']' && _open.Count <= 1)
        {
            _inProducts = false;
        }
    }

    private static void Check(byte next)
    {
        if (next is 0xFF or 0xFE or 0)
        {
            throw new InvalidDataException("The file is encoded as UTF-16; it must be UTF-8.");
        }
    }
}
