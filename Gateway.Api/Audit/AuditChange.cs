using System.Text.Json.Nodes;

namespace Gateway.Api.Audit;

/// <summary>A field before and after a change.</summary>
internal sealed record AuditChange(JsonNode? Before, JsonNode? After);
