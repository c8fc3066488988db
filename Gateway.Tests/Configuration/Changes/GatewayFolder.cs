using System.Text.Json.Nodes;

namespace Gateway.Tests.Configuration.Changes;

/// <summary>A folder with a gateway.json of its own, as it ships at first.</summary>
internal sealed class GatewayFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-folder-").FullName;

    public GatewayFolder(Action<JsonObject>? change = null) => Write(change);

    public string File => Path.Combine(_folder, "gateway.json");

    /// <summary>What leads a gateway here.</summary>
    public (string Key, string Value) Setting => ("Configuration:File", File);

    /// <summary>Writes the file as it ships, with changes to section <c>Gateway</c>.</summary>
    public void Write(Action<JsonObject>? change = null)
    {
        var shipped = JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "gateway.json")))!;
        change?.Invoke(shipped["Gateway"]!.AsObject());
        Write(shipped.ToJsonString());
    }

    // Moved into its place, so that nobody reads half of it.
    public void Write(string text)
    {
        System.IO.File.WriteAllText(File + ".new", text);
        System.IO.File.Move(File + ".new", File, overwrite: true);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
