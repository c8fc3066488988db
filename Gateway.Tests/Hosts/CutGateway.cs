namespace Gateway.Tests.Hosts;

/// <summary>
/// A <see cref="SimulatedGateway"/> whose model drops the connection after three tokens of an answer. They are paced, because a
/// dropped connection takes with it what was not yet read.
/// </summary>
public sealed class CutGateway() : SimulatedGateway(
    ("Model:Behaviour:TokensPerSecond", "20"), ("Model:Behaviour:Faults:0:Kind", "Cut"), ("Model:Behaviour:Faults:0:AfterTokens", "3"));
