using System.Text.Json.Nodes;
using NJsonSchema;
using NJsonSchema.Validation;
using Shouldly;

namespace Gateway.Tests.Schemas;

/// <summary>
/// Checks replies against OpenAI's published shapes, written down in the <c>.json</c> files of this folder
/// (https://platform.openai.com/docs/api-reference). Unknown fields are faults; the few that known servers add are named there.
/// </summary>
public static class OpenAISchemas
{
    private static readonly JsonSchema ChatCompletion = Read("chat.completion");
    private static readonly JsonSchema ChatChunk = Read("chat.completion.chunk");
    private static readonly JsonSchema TextCompletion = Read("text_completion");
    private static readonly JsonSchema TextChunk = Read("text_completion.chunk");
    private static readonly JsonSchema EmbeddingList = Read("embeddings");
    private static readonly JsonSchema Model = Read("model");
    private static readonly JsonSchema ModelList = Read("model.list");
    private static readonly JsonSchema Error = Read("error");
    private static readonly JsonSchema File = Read("file");
    private static readonly JsonSchema Batch = Read("batch");
    private static readonly JsonSchema BatchOutput = Read("batch.output");

    public static JsonObject ShouldBeChatCompletion(string json) => ShouldFit(ChatCompletion, json);

    public static JsonObject ShouldBeChatChunk(string json) => ShouldFit(ChatChunk, json);

    public static JsonObject ShouldBeTextCompletion(string json) => ShouldFit(TextCompletion, json);

    public static JsonObject ShouldBeTextChunk(string json) => ShouldFit(TextChunk, json);

    public static JsonObject ShouldBeEmbeddings(string json) => ShouldFit(EmbeddingList, json);

    public static JsonObject ShouldBeModel(string json) => ShouldFit(Model, json);

    public static JsonObject ShouldBeModelList(string json) => ShouldFit(ModelList, json);

    public static JsonObject ShouldBeError(string json) => ShouldFit(Error, json);

    public static JsonObject ShouldBeFile(string json) => ShouldFit(File, json);

    public static JsonObject ShouldBeBatch(string json) => ShouldFit(Batch, json);

    public static JsonObject ShouldBeBatchOutput(string json) => ShouldFit(BatchOutput, json);

    internal static JsonSchema Read(string name) =>
        JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "Schemas", $"{name}.json")).GetAwaiter().GetResult();

    internal static JsonObject ShouldFit(JsonSchema schema, string json)
    {
        schema.Validate(json).SelectMany(Describe).ShouldBeEmpty($"{schema.Title}:\n{json}");
        return JsonNode.Parse(json)!.AsObject();
    }

    // A field that fits none of the allowed schemas says what is wrong with each of them.
    private static IEnumerable<string> Describe(ValidationError error) => error is ChildSchemaValidationError { Errors: var inner }
        ? [$"{error.Kind} at {error.Path}", .. inner.Values.SelectMany(errors => errors).SelectMany(Describe)]
        : [$"{error.Kind} at {error.Path}"];
}
