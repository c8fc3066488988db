using Gateway.Api.Configuration;

namespace Gateway.Api.Flags;

/// <summary>What an administrator made of a flag; it counts before the configuration.</summary>
internal sealed record FlagSwitch(string Name, FlagOptions Options, DateTimeOffset ChangedAt, string ChangedBy);
