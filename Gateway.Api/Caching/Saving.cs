using ServiceDefaults.Usage;

namespace Gateway.Api.Caching;

/// <summary>Why a request needed no call of its own, and what that call would have cost in nano-dollars; null where that is not known.</summary>
internal readonly record struct Saving(AvoidedBy By, long? NanoUsd);
