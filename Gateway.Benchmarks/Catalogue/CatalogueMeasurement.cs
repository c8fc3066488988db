using System.Diagnostics;
using System.Globalization;
using Gateway.Benchmarks.Streams;
using Mcp.Products.Catalogue;
using Mcp.Products.Catalogue.Memory;
using Mcp.Products.Configuration;
using Mcp.Products.Feeds;

namespace Gateway.Benchmarks.Catalogue;

/// <summary>How well and how fast the index in process finds real products, some forty thousand and a million of them.</summary>
internal static class CatalogueMeasurement
{
    private const int Million = 1_000_000;
    private const int Queries = 5_000;
    private const int WarmUp = 500;
    private const int Page = 10;

    // A query's time is the least of these: what it takes, not what else the machine does.
    private const int Times = 3;


    public static async Task<int> RunAsync(string folder)
    {
        var parts = PcParts.Read(folder);
        await MeasureAsync("real", parts, parts.ToAsyncEnumerable());
        var data = Directory.CreateTempSubdirectory("catalogue-benchmark-").FullName;
        try
        {
            await MillionAsync(data, parts);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }

        return 0;
    }

    // From a merchant's feed into the server's own file, and from that into the index, as a start does.
    private static async Task MillionAsync(string data, List<Product> parts)
    {
        var feed = Path.Combine(data, "feed.tsv");
        await using (var output = File.Create(feed))
        {
            FeedWriter.Write(output, FeedFormat.MerchantTsv, Replicate(parts));
        }

        var clock = new Clock();
        var (read, skipped) = Import(data, feed);
        Say($"import: {read:N0} rows of a merchant feed ({new FileInfo(feed).Length >> 20} MB) in {clock}, {skipped} left out");
        await MeasureAsync("a million, read from the imported file", parts, ReadAhead.Of(CatalogueSource.Of(new CatalogueOptions(), data).Read(_ => { })));
    }

    private static (int Read, int Skipped) Import(string data, string feed)
    {
        using var input = File.OpenRead(feed);
        var import = new FeedImport(FeedReader.Read(input, FeedFormat.MerchantTsv, FeedSettings.Default), _ => { });
        CatalogueSource.Keep(data, import.Products());
        return (import.Taken, import.Skipped);
    }

    private static async Task MeasureAsync(string name, List<Product> parts, IAsyncEnumerable<Product> products)
    {
        var before = Resident();
        var clock = new Clock();
        var index = new MemoryIndex();
        var count = await index.ReplaceAsync(products, CancellationToken.None);
        var built = clock.ToString();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Say($"{name}: {count:N0} products indexed in {built}; heap {GC.GetTotalMemory(forceFullCollection: true) >> 20:N0} MB, resident {(Resident() - before) >> 20:N0} MB more than before");

        var random = new Random(2026);
        var sample = Enumerable.Range(0, count < Million ? Queries : Queries / 5).Select(_ => parts[random.Next(parts.Count)]).DistinctBy(product => product.Id).ToList();
        await RunAsync(index, "clean titles", sample, product => new CatalogueSearch { Query = product.Title });
        var misspelt = sample.ToDictionary(product => product.Id, product => Typo.In(product.Title, random) ?? product.Title);
        await RunAsync(index, "one error", sample, product => new CatalogueSearch { Query = misspelt[product.Id] });
        await RunAsync(index, "title, in stock, category, price", sample, product => new CatalogueSearch
        {
            Query = product.Title,
            Available = product.Variants[0].Availability.Available,
            Categories = [product.Categories[0].Value],
            Price = new PriceFilter(0, product.PriceRange.Max.Amount, "USD"),
        });
        await RunAsync(index, "brand and kind", sample, product => new CatalogueSearch { Query = $"{product.Brand} {product.Categories[0].Value[12..]}" }, known: false);
        await RunAsync(index, "no words, category, in stock, below 100 USD", sample, product => new CatalogueSearch
        {
            Available = true,
            Categories = [product.Categories[0].Value],
            Price = new PriceFilter(null, 10_000, "USD"),
        }, known: false);
        await RunAsync(index, "one common word, in stock", sample, product => new CatalogueSearch { Query = "black", Available = true }, known: false);
        await index.DisposeAsync();
    }

    private static async Task RunAsync(MemoryIndex index, string name, List<Product> sample, Func<Product, CatalogueSearch> ask, bool known = true)
    {
        foreach (var product in sample.Take(WarmUp))
        {
            await index.SearchAsync(ask(product), CancellationToken.None);
        }

        var (found, milliseconds) = (0, new List<double>(sample.Count));
        foreach (var product in sample)
        {
            var search = ask(product) with { Limit = Page };
            var page = await index.SearchAsync(search, CancellationToken.None);
            found += page.Products.Any(one => one.Title == product.Title) ? 1 : 0;
            var least = double.MaxValue;
            for (var time = 0; time < Times; time++)
            {
                var begun = Stopwatch.GetTimestamp();
                await index.SearchAsync(search, CancellationToken.None);
                least = Math.Min(least, Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            milliseconds.Add(least);
        }

        var times = Percentiles.Of(milliseconds);
        Say($"  {name,-45} p50 {times.P50:N3} ms, p99 {times.P99:N3} ms{(known ? $", recall@{Page} {(double)found / sample.Count:N4}" : "")}");
    }

    // The same parts again under ids, prices and model numbers of their own; a word in each title is another one.
    private static IEnumerable<Product> Replicate(List<Product> parts)
    {
        for (var i = 0; i < Million; i++)
        {
            var part = parts[i % parts.Count];
            var round = i / parts.Count;
            if (round == 0)
            {
                yield return part;
                continue;
            }

            var id = string.Create(CultureInfo.InvariantCulture, $"{part.Id}-{round}");
            var title = string.Create(CultureInfo.InvariantCulture, $"{part.Title} Mk{round} {(char)('A' + (i % 26))}{i % 5000}");
            var variant = part.Variants[0];
            yield return part with
            {
                Id = id,
                Title = title,
                Variants = [variant with { Id = id, Title = title, Price = variant.Price with { Amount = variant.Price.Amount + (round * 7) } }],
            };
        }
    }

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static void Say(string line) => Console.WriteLine(line);
}
