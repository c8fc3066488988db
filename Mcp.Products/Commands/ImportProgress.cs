using System.Globalization;
using Mcp.Products.Catalogue;
using Mcp.Products.Feeds;

namespace Mcp.Products.Commands;

/// <summary>Says how far an import is, and what it leaves out.</summary>
internal sealed class ImportProgress(TextWriter output, TimeProvider time)
{
    private const int MostTold = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly long _begun = time.GetTimestamp();
    private TimeSpan _told;
    private int _skipped;

    public IEnumerable<Product> Watch(IEnumerable<Product> products, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var product in products)
        {
            cancellationToken.ThrowIfCancellationRequested();
            count++;
            if (time.GetElapsedTime(_begun) is var now && now - _told > Interval)
            {
                _told = now;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} products read"));
            }

            yield return product;
        }
    }

    public void Skipped(RowFault fault)
    {
        if (++_skipped <= MostTold)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Line {fault.Line} is left out: {fault.Reason}."));
        }
    }

    public string Summary(FeedImport import) => string.Create(
        CultureInfo.InvariantCulture,
        $"{import.Taken:N0} products taken over, {import.Skipped:N0} rows left out{(_skipped > MostTold ? $" (the first {MostTold} are told)" : "")}, in {time.GetElapsedTime(_begun).TotalSeconds:N1} s.");
}
