using Gateway.Tests.Hosts.Bedrock;
using Xunit;

[assembly: AssemblyFixture(typeof(SimulatedBedrock))]

namespace Gateway.Tests.Clients;

/// <summary>The same run, against an alias that goes to Bedrock.</summary>
public sealed class BedrockNpmRun(SimulatedBedrock gateway) : NpmRun(gateway, new PacedBedrock(), new CutBedrock());
