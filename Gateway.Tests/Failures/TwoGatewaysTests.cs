using Xunit;

namespace Gateway.Tests.Failures;

/// <summary>The tests that share <see cref="TwoGateways"/>.</summary>
[CollectionDefinition(nameof(TwoGatewaysTests))]
public sealed class TwoGatewaysTests : ICollectionFixture<TwoGateways>;
