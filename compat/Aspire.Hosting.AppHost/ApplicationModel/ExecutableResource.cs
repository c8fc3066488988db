namespace Aspire.Hosting.ApplicationModel;

/// <summary>A program of this machine.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="command">A path, absolute or from the working directory, or a name to be found on the PATH.</param>
/// <param name="workingDirectory">The absolute directory to start it in.</param>
public class ExecutableResource(string name, string command, string workingDirectory)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    public string Command { get; } = command;

    public string WorkingDirectory { get; } = workingDirectory;
}
