using System.Text.Json.Serialization;
using Cost.Worker.Ledger.Files;

namespace Cost.Worker.Ledger;

/// <summary>How the ledger's own lines look as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UsageClaim))]
[JsonSerializable(typeof(KeptLine))]
[JsonSerializable(typeof(RollUpHeader))]
[JsonSerializable(typeof(Checkpoint))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class LedgerJson : JsonSerializerContext;
