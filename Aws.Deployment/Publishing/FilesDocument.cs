using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Aws.Deployment.Publishing;

/// <summary><c>files.json</c>: the SHA-256 of each file of a publication, by which two of them are compared.</summary>
internal static class FilesDocument
{
    public static string Of(string folder, string except)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file))
            .Where(one => one.Name != except).OrderBy(one => one.Name, StringComparer.Ordinal);
        return new JsonObject(files.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Name, HashOf(one.File)))).ToJsonString(PublishedJson.Format);
    }

    private static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
