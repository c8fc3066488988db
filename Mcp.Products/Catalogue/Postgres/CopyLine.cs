using System.Globalization;
using System.Text;

namespace Mcp.Products.Catalogue.Postgres;

/// <summary>A row as <see href="https://www.postgresql.org/docs/15/sql-copy.html">COPY's text format</see> has it.</summary>
internal sealed class CopyLine(TextWriter output)
{
    private readonly StringBuilder _line = new();

    public CopyLine Add(string? value)
    {
        Separate();
        return value is null ? Raw("\\N") : Escape(value);
    }

    public CopyLine Add(long? value)
    {
        Separate();
        return value is null ? Raw("\\N") : Raw(value.Value.ToString(CultureInfo.InvariantCulture));
    }

    public CopyLine Add(bool value)
    {
        Separate();
        return Raw(value ? "t" : "f");
    }

    public CopyLine Add(IEnumerable<long> values)
    {
        Separate();
        return Raw($"{{{string.Join(',', values)}}}");
    }

    public CopyLine Add(IEnumerable<string> values)
    {
        Separate();
        return Escape($"{{{string.Join(',', values.Select(Quote))}}}");
    }

    public async Task EndAsync()
    {
        _line.Append('\n');
        await output.WriteAsync(_line);
        _line.Clear();
    }

    private static string Quote(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private void Separate()
    {
        if (_line.Length > 0)
        {
            _line.Append('\t');
        }
    }

    private CopyLine Raw(string text)
    {
        _line.Append(text);
        return this;
    }

    // A zero is no character of PostgreSQL's.
    private CopyLine Escape(string text)
    {
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '\\' => _line.Append("\\\\"),
                '\n' => _line.Append("\\n"),
                '\r' => _line.Append("\\r"),
                '\t' => _line.Append("\\t"),
                '\0' => _line,
                _ => _line.Append(letter),
            };
        }

        return this;
    }
}
