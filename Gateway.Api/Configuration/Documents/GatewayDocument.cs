using System.Text.Json.Nodes;

namespace Gateway.Api.Configuration.Documents;

/// <summary>What one source says of section <c>Gateway</c>.</summary>
/// <param name="Section">Without what is at fault. A null removes what the sources below it say.</param>
/// <param name="Faults">Keys that are not known, values of the wrong type.</param>
internal sealed record GatewayDocument(JsonObject Section, IReadOnlyList<string> Faults)
{
    public static GatewayDocument Empty { get; } = new([], []);

    /// <summary>Whether there is nothing but faults, since its text cannot be read.</summary>
    public bool IsUnreadable { get; private init; }

    public static GatewayDocument Unreadable(params IReadOnlyList<string> faults) => new([], faults) { IsUnreadable = true };
}
