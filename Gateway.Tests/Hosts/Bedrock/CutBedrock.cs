namespace Gateway.Tests.Hosts.Bedrock;

/// <summary>As <see cref="CutGateway"/>, behind Bedrock's protocol.</summary>
public sealed class CutBedrock() : SimulatedBedrock(
    ("Model:Behaviour:TokensPerSecond", "20"), ("Model:Behaviour:Faults:0:Kind", "Cut"), ("Model:Behaviour:Faults:0:AfterTokens", "3"));
