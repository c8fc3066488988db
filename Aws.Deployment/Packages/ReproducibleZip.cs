using System.IO.Compression;
using System.Text;

namespace Aws.Deployment.Packages;

/// <summary>A folder as a zip that is the same to the byte wherever and whenever it is made: entries in order, without their times, with modes of our own.</summary>
internal static class ReproducibleZip
{
    private const int File644 = 0b1_000_000_110_100_100 << 16;
    private const int File755 = 0b1_000_000_111_101_101 << 16;

    // The first that a zip can tell.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="path">The zip.</param>
    /// <param name="folder">What goes into it.</param>
    /// <param name="script">The name of one more file, which may be executed.</param>
    /// <param name="commands">What is in that.</param>
    public static void Create(string path, string folder, string script, string commands)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, file) in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(folder, file).Replace('\\', '/'), File: (string?)file)).Append((script, null)).OrderBy(one => one.Name, StringComparer.Ordinal))
        {
            // Stored: what zlib makes of the same bytes differs between versions and processors.
            var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
            entry.LastWriteTime = Epoch;
            entry.ExternalAttributes = file is null ? File755 : File644;
            using var target = entry.Open();
            using Stream source = file is null ? new MemoryStream(Encoding.UTF8.GetBytes(commands)) : File.OpenRead(file);
            source.CopyTo(target);
        }
    }
}
