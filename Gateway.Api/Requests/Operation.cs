namespace Gateway.Api.Requests;

/// <summary>One API of the gateway.</summary>
internal sealed class Operation
{
    public static readonly Operation Chat = new("chat/completions", "messages", "chat");

    public static readonly Operation Completions = new("completions", "prompt", "text_completion");

    public static readonly Operation Embeddings = new("embeddings", "input", "embeddings");

    /// <summary>A route that the gateway has none of its own for.</summary>
    /// <param name="name">The first segments of its path.</param>
    public static Operation PassedThrough(string name) => new(name, "", name);

    private Operation(string path, string inputField, string name)
    {
        Path = path;
        InputField = inputField;
        Name = name;
    }

    /// <summary>The route below <c>/v1</c>, here and at a provider that speaks OpenAI's protocol.</summary>
    public string Path { get; }

    /// <summary>The field that carries the input.</summary>
    public string InputField { get; }

    /// <summary><c>gen_ai.operation.name</c> (https://opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai/).</summary>
    public string Name { get; }

    /// <summary>The same where it is counted: one word for whatever is passed on, since its callers choose the path.</summary>
    public string MetricName => IsOfModels ? Name : "pass_through";

    /// <summary>Whether it is one that the gateway knows.</summary>
    public bool IsOfModels => InputField.Length > 0;

    /// <summary>Whether the model makes tokens, and does not only read some.</summary>
    public bool MakesText => this != Embeddings;
}
