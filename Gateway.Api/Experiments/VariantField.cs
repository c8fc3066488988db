using System.Text;

namespace Gateway.Api.Experiments;

/// <summary>A field that a variant writes into a request.</summary>
/// <param name="names">What it may be called there; the first where it is not there yet.</param>
/// <param name="value">Its value, as JSON.</param>
internal sealed class VariantField(string[] names, byte[] value)
{
    public IReadOnlyList<string> Names { get; } = names;

    public ReadOnlyMemory<byte> Value { get; } = value;

    /// <summary>Whether the request has it.</summary>
    public bool IsFound { get; set; }

    /// <summary>The field behind others.</summary>
    public byte[] AsMember() => [.. Encoding.ASCII.GetBytes($",\"{Names[0]}\":"), .. Value.Span];
}
