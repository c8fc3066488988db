namespace Gateway.Api.Limits;

/// <summary>What a scope has spent in the running day and month, and what is held for requests under way, in nano-dollars.</summary>
internal readonly record struct ScopeSpend(long Today, long ThisMonth, long Held);
