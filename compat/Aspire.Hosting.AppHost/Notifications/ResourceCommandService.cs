namespace Aspire.Hosting.ApplicationModel;

/// <summary>Carries out commands on resources while the application runs.</summary>
public class ResourceCommandService
{
    private readonly Func<string, string, CancellationToken, Task> _execute;

    internal ResourceCommandService(Func<string, string, CancellationToken, Task> execute) => _execute = execute;

    public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
        => ExecuteCommandAsync(resource.Name, commandName, cancellationToken);

    /// <summary>Ends when the command has taken effect: the resource is on its way up, or down.</summary>
    /// <param name="resourceId">The name of a resource, or the id of one of its replicas.</param>
    /// <param name="commandName">One of <see cref="KnownResourceCommands"/>.</param>
    /// <param name="cancellationToken">Ends the wait, not the command.</param>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        try
        {
            await _execute(resourceId, commandName, cancellationToken);
            return new ExecuteCommandResult { Success = true };
        }
        catch (OperationCanceledException)
        {
            return new ExecuteCommandResult { Success = false, Canceled = true };
        }
        catch (Exception exception) when (exception is InvalidOperationException or DistributedApplicationException)
        {
            return new ExecuteCommandResult { Success = false, Message = exception.Message };
        }
    }
}

/// <summary>The commands that every resource with processes knows.</summary>
public static class KnownResourceCommands
{
    public static readonly string StartCommand = "start";
    public static readonly string StopCommand = "stop";
    public static readonly string RestartCommand = "restart";
}

/// <summary>How a command went.</summary>
public sealed class ExecuteCommandResult
{
    public required bool Success { get; init; }

    public bool Canceled { get; init; }

    public string? Message { get; init; }
}
