using Gateway.Api.Configuration.Documents;
using Microsoft.Extensions.Configuration.Json;

namespace Gateway.Api.Configuration;

/// <summary>Reads gateway.json. Where something is wrong with it, the values read before stay.</summary>
internal sealed class GatewayFileProvider(GatewayFileSource source) : JsonConfigurationProvider(source)
{
    /// <summary>The file as it is now, with what is wrong with it.</summary>
    public GatewayDocument Document { get; private set; } = GatewayDocument.Empty;

    public override void Load(Stream stream)
    {
        using var text = new MemoryStream();
        stream.CopyTo(text);
        Document = DocumentReader.ReadFile(text.ToArray(), Source.Path!, out var settings);
        if (Document.Faults.Count == 0)
        {
            Data = settings;
        }
    }
}
