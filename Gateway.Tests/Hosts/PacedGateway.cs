namespace Gateway.Tests.Hosts;

/// <summary>A <see cref="SimulatedGateway"/> that takes seconds to answer, so that there is something to break off.</summary>
public sealed class PacedGateway() : SimulatedGateway(("Model:Behaviour:TokensPerSecond", "4"));
