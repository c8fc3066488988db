namespace Gateway.Tests.Hosts;

/// <summary>A <see cref="SimulatedGateway"/> whose model drops the connection after three tokens of an answer.</summary>
public sealed class CutGateway() : SimulatedGateway(("Model:Behaviour:Faults:0:Kind", "Cut"), ("Model:Behaviour:Faults:0:AfterTokens", "3"));
