namespace Aspire.Hosting;

/// <summary>What the application is being built for.</summary>
public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
{
    public DistributedApplicationOperation Operation { get; } = operation;

    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;
}

/// <summary>To be run here, or to be published.</summary>
public enum DistributedApplicationOperation
{
    Run = 0,
    Publish = 1,
}
