using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Benchmarks.Profile;

/// <summary>A flame graph as one SVG without scripts: the parts below, what each of them calls above, as wide as the time it takes; a title on each box says how much.</summary>
internal static partial class FlameGraph
{
    private const int Width = 1200;
    private const int RowHeight = 16;
    private const double NarrowestPixels = 1.2;
    private const double PixelsPerCharacter = 6.2;
    private const int DeepestRow = 26;

    public static string Render(IReadOnlyList<StackSample> samples, string title)
    {
        var root = new FlameNode(title, "#eeeeee");
        foreach (var sample in samples)
        {
            var part = Parts.Of(sample);
            root.Add([(part.Name, part.Color), .. Callers(sample).Select(name => (name, part.Color))]);
        }

        var boxes = new StringBuilder();
        var rows = 0;
        Draw(root, x: 0, row: 0);
        var height = (rows + 1) * RowHeight;
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {-height} {Width} {height}" font-family="sans-serif" font-size="11">
            <rect y="{-height}" width="{Width}" height="{height}" fill="#fff"/>
            {boxes}</svg>

            """);

        void Draw(FlameNode node, double x, int row)
        {
            var width = (double)Width * node.Samples / root.Samples;
            if (width < NarrowestPixels || row > DeepestRow)
            {
                return;
            }

            rows = Math.Max(rows, row);
            var y = -(row + 1) * RowHeight;
            var name = WebUtility.HtmlEncode(node.Name);
            boxes.Append(CultureInfo.InvariantCulture, $"<g><title>{name}, {100.0 * node.Samples / root.Samples:0.0} %</title><rect x=\"{x:0.#}\" y=\"{y}\" width=\"{width - 0.3:0.#}\" height=\"{RowHeight - 1}\" fill=\"{node.Color}\"/>");
            var room = (int)((width - 4) / PixelsPerCharacter);
            if (room >= 4)
            {
                boxes.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + 2:0.#}\" y=\"{y + 12}\">{WebUtility.HtmlEncode(node.Name.Length <= room ? node.Name : node.Name[..(room - 1)] + "…")}</text>");
            }

            boxes.AppendLine("</g>");
            foreach (var child in node.Children)
            {
                Draw(child, x, row + 1);
                x += (double)Width * child.Samples / root.Samples;
            }
        }
    }

    /// <summary>The frames that say something, the outermost first; all of the kernel's are one.</summary>
    private static IEnumerable<string> Callers(StackSample sample)
    {
        string? last = null;
        foreach (var frame in Parts.SinceResumed(sample).Reverse())
        {
            var name = frame.IsKernel ? "kernel" : Short(frame.Name);
            if (name != last && !Plumbing().IsMatch(frame.Name))
            {
                yield return name;
                last = name;
            }
        }
    }

    // "Gateway.Api.Pipeline.Attempt+<RunAsync>d__6::MoveNext" is Attempt.RunAsync.
    private static string Short(string name)
    {
        if (!name.Contains("::", StringComparison.Ordinal))
        {
            return name;
        }

        var method = StateMachine().Replace(name, ".$1").Replace("::", ".", StringComparison.Ordinal);
        return Namespaces().Replace(Generics().Replace(method, ""), "");
    }

    [GeneratedRegex(@"AsyncStateMachineBox|Async\w*MethodBuilder|::SetExistingTaskResult$|::TrySetResult$|^start_thread$|^\[libcoreclr|^\[System\.Private")]
    private static partial Regex Plumbing();

    [GeneratedRegex(@"\+<+(\w+)>.*::MoveNext$")]
    private static partial Regex StateMachine();

    [GeneratedRegex(@"`\d+(\[.*?\])?")]
    private static partial Regex Generics();

    [GeneratedRegex(@"^(\w+\.)+(?=[\w+<>]+\.[\w<>.]+$)")]
    private static partial Regex Namespaces();
}
