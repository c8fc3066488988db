using Cost.Worker.Ledger;
using Cost.Worker.Ledger.Files;

namespace Cost.Worker.Reports;

/// <summary>What usage can be grouped by.</summary>
internal sealed record Dimension(string Name, Func<RollUpRow, string?> Of)
{
    public static readonly IReadOnlyList<Dimension> All =
    [
        new("tenant", row => row.Group.Tenant),
        new("key", row => row.Group.Key),
        new("user", row => row.Group.User),
        new("alias", row => row.Group.Alias),
        new("model", row => row.Group.Model),
        new("provider", row => row.Group.Provider),
        new("variant", row => row.Group.Variant),
        new("batch", row => row.Group.Batch ? "true" : "false"),
        new("status", row => StatusText.Of(row.Group.Status)),
        new("day", row => LedgerPaths.NameOf(row.Day)),
        new(HourName, row => $"{LedgerPaths.NameOf(row.Day)}T{row.Hour:00}:00Z"),
    ];

    private const string HourName = "hour";

    /// <summary>What belongs to a request for good: what spend can be continued by.</summary>
    public static readonly IReadOnlyList<Dimension> OfForecasts = [.. All.TakeWhile(one => one.Name != "batch")];

    public bool NeedsHours => Name == HourName;

    /// <summary>Reads <c>tenant,model</c>; the fault says what is allowed.</summary>
    public static bool TryParse(string text, out IReadOnlyList<Dimension> dimensions, out string fault) => TryParse(text, All, out dimensions, out fault);

    public static bool TryParse(string text, IReadOnlyList<Dimension> allowed, out IReadOnlyList<Dimension> dimensions, out string fault)
    {
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var unknown = names.FirstOrDefault(name => allowed.All(one => one.Name != name));
        var repeated = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        dimensions = [];
        fault = unknown is not null ? $"'{unknown}' is nothing to group by; allowed, separated by commas: {string.Join(", ", allowed.Select(one => one.Name))}."
            : repeated is not null ? $"'{repeated}' is named twice."
            : "";
        if (fault.Length > 0)
        {
            return false;
        }

        dimensions = [.. names.Select(name => allowed.First(one => one.Name == name))];
        return true;
    }
}
