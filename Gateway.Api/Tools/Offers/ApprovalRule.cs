using System.Text.Json;

namespace Gateway.Api.Tools.Offers;

/// <summary>
/// Which tools a caller wants to approve before they run: <c>"never"</c>, <c>"always"</c>, or <c>{"never":{"tool_names":["search_catalog"]}}</c>. Nothing said is always.
/// </summary>
internal sealed class ApprovalRule
{
    public static readonly ApprovalRule Always = new(always: true, [], []);

    private static readonly ApprovalRule Never = new(always: false, [], []);

    private readonly bool _always;
    private readonly IReadOnlyCollection<string> _exceptNever;
    private readonly IReadOnlyCollection<string> _exceptAlways;

    private ApprovalRule(bool always, IReadOnlyCollection<string> exceptNever, IReadOnlyCollection<string> exceptAlways) =>
        (_always, _exceptNever, _exceptAlways) = (always, exceptNever, exceptAlways);

    /// <summary>Null where it is none.</summary>
    public static ApprovalRule? TryRead(JsonElement rule) => rule.ValueKind switch
    {
        JsonValueKind.String when rule.ValueEquals("never") => Never,
        JsonValueKind.String when rule.ValueEquals("always") => Always,
        // Where only exceptions from asking are named, the others ask, and the other way round.
        JsonValueKind.Object => new ApprovalRule(rule.Find("never") is not null || rule.Find("always") is null, NamesOf(rule, "never"), NamesOf(rule, "always")),
        _ => null,
    };

    public bool Asks(string tool) => _exceptAlways.Contains(tool) || (_always && !_exceptNever.Contains(tool));

    private static List<string> NamesOf(JsonElement rule, string name) =>
        rule.Find(name)?.Find("tool_names") is { ValueKind: JsonValueKind.Array } names
            ? [.. names.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.String).Select(each => each.GetString()!)]
            : [];
}
