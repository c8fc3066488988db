using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aws.Deployment.Operations.Models;

/// <summary>Fetches a model's files from Hugging Face or a mirror of it (<c>HF_ENDPOINT</c>), and goes on where a fetch was broken off.</summary>
/// <param name="http">Its base address is the hub's; it carries the token, where there is one.</param>
internal sealed class ModelHub(HttpClient http, TextWriter output)
{
    private const string Revision = "main";

    // Weights in forms that vLLM does not read, beside those that it does.
    private static readonly string[] Unread = [".bin", ".pt", ".pth", ".onnx", ".gguf", ".h5", ".msgpack"];

    /// <returns>The folder.</returns>
    /// <exception cref="OperationFault">The hub does not give it, or gives something else than it says.</exception>
    public async Task<string> FetchAsync(string model, string folder, CancellationToken cancellationToken)
    {
        // [{"type": "file", "path": "model-00001-of-00002.safetensors", "size": 4972489328, "lfs": {"oid": "3f31…"}}]
        using var reply = await http.GetAsync(new Uri($"api/models/{model}/tree/{Revision}?recursive=true", UriKind.Relative), cancellationToken);
        if (!reply.IsSuccessStatusCode)
        {
            throw new OperationFault($"The hub does not give {model}: HTTP {(int)reply.StatusCode}.", "Look at the name, set HF_TOKEN where the model asks for a licence, or give a folder (--weights DIR).");
        }

        var files = JsonSerializer.Deserialize<JsonArray>(await reply.Content.ReadAsByteArrayAsync(cancellationToken))!
            .Where(file => (string?)file!["type"] == "file" && !Unread.Contains(Path.GetExtension((string)file["path"]!), StringComparer.OrdinalIgnoreCase));
        foreach (var file in files)
        {
            await FetchAsync(model, folder, (string)file!["path"]!, (long)file["size"]!, (string?)file["lfs"]?["oid"], cancellationToken);
        }

        return folder;
    }

    private async Task FetchAsync(string model, string folder, string name, long size, string? hash, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        if (!path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new OperationFault($"The hub names a file outside of the model's folder: {name}.", "Give a folder of your own (--weights DIR).");
        }

        if (File.Exists(path) && new FileInfo(path).Length == size)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = $"{path}.part";
        await AppendAsync($"{model}/resolve/{Revision}/{name}", part, size, cancellationToken);
        if (new FileInfo(part).Length != size || (hash is not null && await HashAsync(part, cancellationToken) != hash))
        {
            File.Delete(part);
            throw new OperationFault($"{name} of {model} did not come as the hub describes it.", "Run it again.");
        }

        File.Move(part, path, overwrite: true);
        await output.WriteLineAsync($"  {name}: {size:N0} bytes fetched");
    }

    private async Task AppendAsync(string address, string part, long size, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write);
        if (file.Length == size)
        {
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Range = file.Length > 0 ? new RangeHeaderValue(file.Length, null) : null;
        using var reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        reply.EnsureSuccessStatusCode();

        // Whoever knows no ranges sends all of it.
        file.SetLength(reply.StatusCode == HttpStatusCode.PartialContent ? file.Length : 0);
        file.Seek(0, SeekOrigin.End);
        await reply.Content.CopyToAsync(file, cancellationToken);
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }
}
