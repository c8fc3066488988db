namespace Gateway.Api.Providers.Bedrock.Models;

/// <summary>What InvokeModel takes for an embedding model: there is no Converse for them.</summary>
internal enum EmbeddingDialect
{
    /// <summary>One text a call, with <c>dimensions</c> and <c>normalize</c>.</summary>
    Titan,

    /// <summary>One text a call, and nothing else.</summary>
    TitanV1,

    /// <summary>Up to 96 texts a call.</summary>
    Cohere,

    /// <summary>As <see cref="Cohere"/>, with <c>output_dimension</c>.</summary>
    CohereV4,
}
