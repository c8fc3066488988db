namespace Local.Model.Configuration;

/// <summary>One model that the server pretends to have loaded.</summary>
public sealed record ServedModel
{
    /// <summary>The name that requests carry in <c>model</c>. Required, unique.</summary>
    public string Id { get; init; } = "";

    public ModelKind Kind { get; init; } = ModelKind.Chat;

    /// <summary>Tokens of prompt and answer together, vLLM's <c>max_model_len</c>; 1 or more. Default: 4096.</summary>
    public int MaxModelLength { get; init; } = 4096;

    /// <summary>Length of a vector of an embedding model; 8 to 4096. Default: 384.</summary>
    public int Dimensions { get; init; } = 384;
}
