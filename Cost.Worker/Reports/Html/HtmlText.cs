using System.Globalization;
using System.Net;

namespace Cost.Worker.Reports.Html;

/// <summary>Text and numbers for HTML and SVG. Nothing that comes from data gets into a page in another way.</summary>
internal static class HtmlText
{
    public static string Of(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A coordinate.</summary>
    public static string Of(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
