namespace Gateway.Tests.Hosts.Bedrock;

/// <summary>As <see cref="PacedGateway"/>, behind Bedrock's protocol.</summary>
public sealed class PacedBedrock() : SimulatedBedrock(("Model:Behaviour:TokensPerSecond", "4"));
