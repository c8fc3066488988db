namespace Gateway.Api.Requests;

/// <summary>One API of the gateway.</summary>
internal sealed class Operation
{
    public static readonly Operation Chat = new("chat/completions", "messages");

    public static readonly Operation Completions = new("completions", "prompt");

    public static readonly Operation Embeddings = new("embeddings", "input");

    private Operation(string path, string inputField)
    {
        Path = path;
        InputField = inputField;
    }

    /// <summary>The route below <c>/v1</c>, here and at a provider that speaks OpenAI's protocol.</summary>
    public string Path { get; }

    /// <summary>The field that carries the input.</summary>
    public string InputField { get; }
}
