using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Leaves Ctrl+C and SIGTERM to the test runner: its process is not the application's.</summary>
internal sealed class TestLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
