using System.Text.Json.Serialization;

namespace Cost.Worker.Alerts.Gateways;

/// <summary><c>GET /admin/keys</c>: a page of it.</summary>
internal sealed record KeyList(
    IReadOnlyList<KeyList.Entry> Data, [property: JsonPropertyName("has_more")] bool HasMore, [property: JsonPropertyName("last_id")] string? LastId)
{
    /// <param name="Status"><c>active</c>, or why it may not be used.</param>
    internal sealed record Entry(string Id, string Tenant, string? User, string? Tier, string Status, Allowance? Budget)
    {
        public bool IsActive => Status == "active";
    }

    /// <param name="Period"><c>day</c> or <c>month</c>.</param>
    internal sealed record Allowance(decimal Usd, string Period)
    {
        public bool IsDaily => Period == "day";
    }
}
