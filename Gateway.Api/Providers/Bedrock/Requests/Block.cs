using System.Text.Json;

namespace Gateway.Api.Providers.Bedrock.Requests;

/// <summary>One content block to be.</summary>
/// <param name="Kind">What it becomes.</param>
/// <param name="Value">The part of the request that it is made from.</param>
/// <param name="Param">Where that part stands, for an error about it.</param>
internal readonly record struct Block(BlockKind Kind, JsonElement Value, string Param);
