using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Aws.Deployment.Operations;
using Aws.Deployment.Operations.Models;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Operations;

[Trait("Requirement", "V1.1")]
public sealed class ModelHubTests : IDisposable
{
    private const string Model = "owner/model";

    private readonly string _folder = Directory.CreateTempSubdirectory("hub-").FullName;
    private readonly byte[] _weights = RandomNumberGenerator.GetBytes(5000);
    private readonly List<string> _asked = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_vLLM_reads_is_fetched_from_where_it_was_broken_off()
    {
        await using var hub = await ScriptedUpstream.StartAsync(http => AnswerAsync(http, Convert.ToHexStringLower(SHA256.HashData(_weights))));
        await File.WriteAllBytesAsync(Path.Combine(_folder, "model.safetensors.part"), _weights[..2000], Token);

        await FetchAsync(hub);
        await FetchAsync(hub);

        (await File.ReadAllBytesAsync(Path.Combine(_folder, "model.safetensors"), Token)).ShouldBe(_weights);
        _asked.ShouldBe(["/owner/model/resolve/main/model.safetensors bytes=2000-"]);
    }

    [Fact]
    public async Task What_is_not_what_the_hub_says_is_not_kept()
    {
        await using var hub = await ScriptedUpstream.StartAsync(http => AnswerAsync(http, new string('0', 64)));

        var fault = await Should.ThrowAsync<OperationFault>(() => FetchAsync(hub));

        fault.What.ShouldBe("model.safetensors of owner/model did not come as the hub describes it.");
        Directory.GetFiles(_folder).ShouldBeEmpty();
    }

    private Task<string> FetchAsync(ScriptedUpstream hub) => new ModelHub(hub.Http, TextWriter.Null).FetchAsync(Model, _folder, Token);

    private async Task AnswerAsync(HttpContext http, string hash)
    {
        if (http.Request.Path.StartsWithSegments("/api/models/owner/model/tree/main"))
        {
            await http.Response.WriteAsync(new JsonArray(
                new JsonObject { ["type"] = "directory", ["path"] = "sub", ["size"] = 0 },
                new JsonObject { ["type"] = "file", ["path"] = "pytorch_model.bin", ["size"] = 9 },
                new JsonObject { ["type"] = "file", ["path"] = "model.safetensors", ["size"] = _weights.Length, ["lfs"] = new JsonObject { ["oid"] = hash } }).ToJsonString());
            return;
        }

        var from = http.Request.GetTypedHeaders().Range?.Ranges.Single().From ?? 0;
        _asked.Add($"{http.Request.Path} {http.Request.Headers.Range}".TrimEnd());
        http.Response.StatusCode = from > 0 ? 206 : 200;
        await http.Response.Body.WriteAsync(_weights.AsMemory((int)from));
    }
}
