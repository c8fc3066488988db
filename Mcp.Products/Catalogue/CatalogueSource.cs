using Mcp.Products.Configuration;
using Mcp.Products.Feeds;
using ServiceDefaults.Storage;

namespace Mcp.Products.Catalogue;

/// <summary>The file that a catalogue is served from.</summary>
internal sealed record CatalogueSource(string Path, FeedFormat Format)
{
    private const string Imported = "catalogue.jsonl";
    private const string Sample = "sample-catalogue.jsonl";

    /// <summary>What is configured; else what was imported; else the sample.</summary>
    public static CatalogueSource Of(CatalogueOptions options, string data)
    {
        if (options.File is { Length: > 0 } file)
        {
            return new(System.IO.Path.GetFullPath(file), (options.Format is { } format ? FeedFormats.Named(format) : FeedFormats.OfFile(file)) ?? FeedFormat.JsonLines);
        }

        var imported = ImportedPath(data);
        return new(File.Exists(imported) ? imported : System.IO.Path.Combine(AppContext.BaseDirectory, Sample), FeedFormat.JsonLines);
    }

    /// <summary>Changes with the file.</summary>
    public (string Path, long Length, DateTime Written) Stamp()
    {
        var file = new FileInfo(Path);
        return file.Exists ? (Path, file.Length, file.LastWriteTimeUtc) : (Path, -1, default);
    }

    /// <summary>The products of the file; what is wrong with others goes to <paramref name="fault"/>.</summary>
    /// <exception cref="InvalidDataException">It cannot be read, or nothing of it can be taken.</exception>
    public IEnumerable<Product> Read(Action<RowFault> fault)
    {
        using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16, FileOptions.SequentialScan);
        var import = new FeedImport(FeedReader.Read(stream, Format, FeedSettings.Default), fault);
        foreach (var product in import.Products())
        {
            yield return product;
        }

        if (import is { Taken: 0, Skipped: > 0 })
        {
            throw new InvalidDataException($"{Path} holds no product that could be taken.");
        }
    }

    /// <summary>Keeps products for good as what was imported, all of them or none.</summary>
    public static void Keep(string data, IEnumerable<Product> products)
    {
        Directory.CreateDirectory(data);
        Disk.Replace(ImportedPath(data), stream =>
        {
            if (FeedWriter.Write(stream, FeedFormat.JsonLines, ReadAhead.Of(products).ToBlockingEnumerable()) == 0)
            {
                throw new InvalidDataException("The feed holds no product that could be taken; the catalogue stays as it was.");
            }
        });
    }

    private static string ImportedPath(string data) => System.IO.Path.Combine(data, Imported);
}
