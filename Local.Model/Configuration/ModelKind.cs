namespace Local.Model.Configuration;

/// <summary>What a served model answers to.</summary>
public enum ModelKind
{
    /// <summary><c>/v1/chat/completions</c> and <c>/v1/completions</c>.</summary>
    Chat,

    /// <summary><c>/v1/embeddings</c>.</summary>
    Embeddings,
}
