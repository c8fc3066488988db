namespace Gateway.Api.Secrets;

/// <summary>What can be a secret. A credential is one line, sent in a header.</summary>
internal static class SecretText
{
    /// <summary>What is wrong with it, without a word of it; null where nothing is.</summary>
    public static string? FaultOf(string value) =>
        string.IsNullOrWhiteSpace(value) ? "what is there is blank"
        : value.AsSpan().ContainsAny('\r', '\n') ? "what is there holds a line break"
        : value.Any(char.IsControl) ? "what is there holds a control character"
        : null;
}
