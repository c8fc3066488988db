using System.Buffers;
using System.Text.Json;
using Gateway.Api.Providers.Bedrock.Models;
using Gateway.Api.Providers.Bedrock.Requests;

namespace Gateway.Api.Providers.Bedrock.Embeddings;

/// <summary>
/// OpenAI's <c>{"input":[…],"dimensions":…,"encoding_format":"base64"}</c> as the bodies that Titan
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html) and Cohere
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed.html) take.
/// </summary>
internal sealed class EmbeddingRequest
{
    private const int CohereBatch = 96;

    private readonly EmbeddingDialect _dialect;
    private readonly int? _dimensions;
    private readonly string _inputType;

    private EmbeddingRequest(IReadOnlyList<JsonElement> texts, EmbeddingDialect dialect, int? dimensions, string inputType) =>
        (Texts, _dialect, _dimensions, _inputType) = (texts, dialect, dimensions, inputType);

    public IReadOnlyList<JsonElement> Texts { get; }

    public bool IsBase64 { get; private init; }

    /// <summary>The texts of each call.</summary>
    public IEnumerable<JsonElement[]> Batches => Texts.Chunk(IsCohere ? CohereBatch : 1);

    private bool IsCohere => _dialect is EmbeddingDialect.Cohere or EmbeddingDialect.CohereV4;

    public static EmbeddingRequest Read(JsonElement root, Translation translation)
    {
        var input = root.GetProperty("input");
        IReadOnlyList<JsonElement> texts = input.ValueKind == JsonValueKind.Array ? [.. input.EnumerateArray()] : [input];
        if (texts.Any(text => text.ValueKind != JsonValueKind.String || text.IsBlank()))
        {
            translation.Refuse($"'input' must be text for {translation.Model}, or a list of texts, none of them blank.", "input");
        }

        foreach (var property in root.EnumerateObject().Where(property => property.Name is not ("model" or "input" or "dimensions" or "encoding_format" or "input_type")))
        {
            if (property.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
            {
                translation.Ignore(property.Name);
            }
        }

        var format = root.FindText("encoding_format") ?? "float";
        if (format is not ("float" or "base64"))
        {
            translation.Refuse($"'encoding_format' is '{format}'; it must be float or base64.", "encoding_format");
        }

        return new EmbeddingRequest(texts, translation.Quirks.Embedding, DimensionsOf(root, translation), root.FindText("input_type") ?? "search_document") { IsBase64 = format == "base64" };
    }

    public void Write(IBufferWriter<byte> output, JsonElement[] texts)
    {
        using var json = new Utf8JsonWriter(output, Json.WriterOptions);
        json.WriteStartObject();
        if (IsCohere)
        {
            WriteCohere(json, texts);
        }
        else
        {
            json.WriteRaw("inputText", texts[0]);
            if (_dialect == EmbeddingDialect.Titan)
            {
                WriteDimensions(json, "dimensions");
                json.WriteBoolean("normalize", true);
            }
        }

        json.WriteEndObject();
    }

    private void WriteCohere(Utf8JsonWriter json, JsonElement[] texts)
    {
        json.WriteStartArray("texts");
        foreach (var text in texts)
        {
            json.WriteRaw(text);
        }

        json.WriteEndArray();
        json.WriteString("input_type", _inputType);
        json.WriteStartArray("embedding_types");
        json.WriteStringValue("float");
        json.WriteEndArray();
        WriteDimensions(json, "output_dimension");
    }

    private void WriteDimensions(Utf8JsonWriter json, string name)
    {
        if (_dimensions is { } dimensions)
        {
            json.WriteNumber(name, dimensions);
        }
    }

    private static int? DimensionsOf(JsonElement root, Translation translation)
    {
        if (root.Find("dimensions") is not { } given)
        {
            return null;
        }

        if (given.ValueKind != JsonValueKind.Number || !given.TryGetInt32(out var dimensions) || dimensions < 1)
        {
            translation.Refuse("'dimensions' must be a whole number above 0.", "dimensions");
            return null;
        }

        if (translation.Quirks.Embedding is EmbeddingDialect.TitanV1 or EmbeddingDialect.Cohere)
        {
            translation.Refuse($"'dimensions' cannot be chosen: {translation.Model} makes vectors of one length.", "dimensions");
        }

        return dimensions;
    }
}
