namespace Gateway.Api.Requests;

/// <summary>One API of the gateway: its route below <c>/v1</c>, which is also the provider's, and the field that carries its input.</summary>
internal sealed record Operation(string Path, string InputField)
{
    public static readonly Operation Chat = new("chat/completions", "messages");

    public static readonly Operation Completions = new("completions", "prompt");

    public static readonly Operation Embeddings = new("embeddings", "input");
}
