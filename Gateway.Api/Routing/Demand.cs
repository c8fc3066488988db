namespace Gateway.Api.Routing;

/// <summary>What a request asks of whichever target serves it.</summary>
/// <param name="RequestBytes">The size of its body.</param>
/// <param name="MaxOutputTokens">The most it wants made; null where it does not say.</param>
internal readonly record struct Demand(long RequestBytes, long? MaxOutputTokens);
