using Gateway.Api.Pipeline;

namespace Gateway.Api.Access;

/// <summary>Who calls, or why that is not known; and where both are there, who it is and why that does not help.</summary>
internal readonly record struct Authentication(Caller? Caller, Refusal? Refusal);
