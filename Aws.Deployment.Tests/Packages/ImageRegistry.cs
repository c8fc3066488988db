using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;

namespace Aws.Deployment.Tests.Packages;

/// <summary>A registry of images with one in it, which has nothing in it, for arm64: https://github.com/opencontainers/distribution-spec.</summary>
internal static class ImageRegistry
{
    public const string Image = "base:1.0";

    public static Task<ScriptedUpstream> StartAsync()
    {
        var tar = Tar();
        var layer = Zip(tar);
        var config = Encoding.UTF8.GetBytes($$"""{"architecture":"arm64","os":"linux","config":{"Env":["PATH=/usr/bin"]},"rootfs":{"type":"layers","diff_ids":["{{Digest(tar)}}"]},"history":[{"created_by":"test"}]}""");
        var manifest = Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
             "config":{"mediaType":"application/vnd.oci.image.config.v1+json","size":{{config.Length}},"digest":"{{Digest(config)}}"},
             "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","size":{{layer.Length}},"digest":"{{Digest(layer)}}"}]}
            """);
        var contents = new[] { layer, config, manifest }.ToDictionary(Digest);
        return ScriptedUpstream.StartAsync(async http =>
        {
            var name = http.Request.Path.Value!.Split('/')[^1];
            if (name is "" or "v2")
            {
                return;
            }

            if (!contents.TryGetValue(name == "1.0" ? Digest(manifest) : name, out var content))
            {
                http.Response.StatusCode = 404;
                return;
            }

            http.Response.ContentType = ReferenceEquals(content, manifest) ? "application/vnd.oci.image.manifest.v1+json" : "application/octet-stream";
            http.Response.Headers["Docker-Content-Digest"] = Digest(content);
            http.Response.ContentLength = content.Length;
            if (!HttpMethods.IsHead(http.Request.Method))
            {
                await http.Response.Body.WriteAsync(content, http.RequestAborted);
            }
        });
    }

    private static byte[] Tar()
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "usr/"));
        }

        return stream.ToArray();
    }

    private static byte[] Zip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var zip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(content);
        }

        return stream.ToArray();
    }

    private static string Digest(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
}
