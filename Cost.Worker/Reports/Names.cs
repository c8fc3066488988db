using System.Globalization;

namespace Cost.Worker.Reports;

/// <summary>Names as people see them. Callers choose some of them.</summary>
internal static class Names
{
    private const string None = "-";

    /// <summary>On one line, without what moves a terminal's cursor or turns the order of letters round.</summary>
    public static string Shown(string? name) => name is null ? None : string.Concat(name.Select(letter => IsVisible(letter) ? letter : '?'));

    private static bool IsVisible(char letter) =>
        !char.IsControl(letter) && char.GetUnicodeCategory(letter) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
