using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;

namespace Aws.Deployment.Tests.Hosts;

/// <summary>A registry of images with one in it, which has nothing in it, for arm64, and that takes others: https://github.com/opencontainers/distribution-spec.</summary>
internal sealed class LoopbackImages : IAsyncDisposable
{
    // Of the form that Microsoft's images have, and so those that are built on them.
    private const string Manifest = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly ConcurrentDictionary<string, byte[]> _contents = [];
    private readonly ConcurrentDictionary<string, byte[]> _uploads = [];
    private readonly string? _login;
    private ScriptedUpstream _server = null!;

    private LoopbackImages(string? login) => _login = login;

    public string Host => $"localhost:{_server.Address.Port}";

    /// <summary>An image to build others on.</summary>
    public string BaseImage => $"{Host}/base:1.0";

    /// <summary>The manifests that were pushed, by repository and tag, such as <c>some/name:1.0</c>.</summary>
    public ConcurrentDictionary<string, byte[]> Pushed { get; } = [];

    /// <param name="login">User and password, with a colon between, that whoever pushes needs; null for nobody does.</param>
    public static async Task<LoopbackImages> StartAsync(string? login = null)
    {
        var images = new LoopbackImages(login);
        images.AddBase();
        images._server = await ScriptedUpstream.StartAsync(images.AnswerAsync);
        return images;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static bool IsWriting(string method) => HttpMethods.IsPost(method) || HttpMethods.IsPatch(method) || HttpMethods.IsPut(method);

    private async Task AnswerAsync(HttpContext http)
    {
        var (path, method) = (http.Request.Path.Value!, http.Request.Method);
        if (IsWriting(method) && _login is not null && http.Request.Headers.Authorization != new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(_login))).ToString())
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"test\"";
            return;
        }

        await (IsWriting(method) ? TakeAsync(http, path) : GiveAsync(http, path.Split('/')[^1]));
    }

    // POST /v2/name/blobs/uploads/ → PATCH …/uploads/7 → PUT …/uploads/7?digest=sha256:ad80…; PUT /v2/name/manifests/1.0
    private async Task TakeAsync(HttpContext http, string path)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        if (path.Contains("/manifests/", StringComparison.Ordinal))
        {
            Pushed[path["/v2/".Length..].Replace("/manifests/", ":", StringComparison.Ordinal)] = body.ToArray();
            http.Response.StatusCode = StatusCodes.Status201Created;
            return;
        }

        var upload = HttpMethods.IsPost(http.Request.Method) ? $"{path.TrimEnd('/')}/{Guid.NewGuid():N}" : path;
        _uploads[upload] = [.. _uploads.GetValueOrDefault(upload) ?? [], .. body.ToArray()];
        if (http.Request.Query.TryGetValue("digest", out var digest))
        {
            _uploads.TryRemove(upload, out var content);
            _contents[digest.ToString()] = content!;
            http.Response.StatusCode = Digest(content!) == digest ? StatusCodes.Status201Created : StatusCodes.Status400BadRequest;
            return;
        }

        http.Response.Headers.Location = upload;
        http.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private async Task GiveAsync(HttpContext http, string name)
    {
        if (name is "" or "v2")
        {
            return;
        }

        if (!_contents.TryGetValue(name, out var content))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = http.Request.Path.Value!.Contains("/manifests/", StringComparison.Ordinal) ? Manifest : "application/octet-stream";
        http.Response.Headers["Docker-Content-Digest"] = Digest(content);
        http.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(content, http.RequestAborted);
        }
    }

    private void AddBase()
    {
        var tar = Tar();
        var layer = Zip(tar);
        var config = Encoding.UTF8.GetBytes($$"""{"architecture":"arm64","os":"linux","config":{"Env":["PATH=/usr/bin"]},"rootfs":{"type":"layers","diff_ids":["{{Digest(tar)}}"]},"history":[{"created_by":"test"}]}""");
        var manifest = Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":2,"mediaType":"{{Manifest}}",
             "config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":{{config.Length}},"digest":"{{Digest(config)}}"},
             "layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip","size":{{layer.Length}},"digest":"{{Digest(layer)}}"}]}
            """);
        foreach (var content in new[] { layer, config, manifest })
        {
            _contents[Digest(content)] = content;
        }

        _contents["1.0"] = manifest;
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
