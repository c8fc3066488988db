using System.Text.Json.Nodes;

namespace Local.Model.Schemas;

/// <summary>A value, and whether the prompt gave reason for it; optional fields are left out where it did not.</summary>
internal readonly record struct Proposal(JsonNode? Value, bool IsGrounded);
