using System.Buffers;

namespace Mcp.Products.Feeds;

/// <summary>Reads the objects of an array, or of the array that is <c>products</c>, <c>items</c> or <c>data</c> of an object.</summary>
internal static class JsonFeedReader
{
    private const int BufferSize = 1 << 16;
    private const int LongestProduct = 1 << 26;

    public static IEnumerable<FeedEntry> Read(Stream feed, FeedSettings settings)
    {
        var fields = new RowFields();
        var scanner = new JsonRowScanner();
        var row = new ArrayBufferWriter<byte>();
        var buffer = new byte[BufferSize];
        int length;
        while ((length = feed.Read(buffer)) > 0)
        {
            var begun = 0;
            for (var i = 0; i < length; i++)
            {
                var (before, now) = (scanner.IsInRow, scanner.Take(buffer[i]));
                begun = now && !before ? i : begun;
                if (before && !now)
                {
                    row.Write(buffer.AsSpan(begun..(i + 1)));
                    begun = 0;
                    yield return JsonRow.Map(row.WrittenSpan, fields, scanner.RowLine, settings);
                    row.ResetWrittenCount();
                }
            }

            if (scanner.IsInRow)
            {
                row.Write(buffer.AsSpan(begun..length));
            }

            if (row.WrittenCount > LongestProduct)
            {
                throw new InvalidDataException($"Line {scanner.RowLine}: a product is longer than {LongestProduct >> 20} MB.");
            }
        }

        scanner.End();
    }
}
