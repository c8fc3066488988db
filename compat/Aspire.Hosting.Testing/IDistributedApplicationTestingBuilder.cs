namespace Aspire.Hosting.Testing;

/// <summary>An AppHost's application where it is about to be built: as its entry point described it, and open to changes.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Lets the entry point build. Its exception is thrown here where it does not come to that.</summary>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
