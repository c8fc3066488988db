namespace Aspire.Hosting.ApplicationModel;

/// <summary>The application as it was described, before and while it runs.</summary>
public class DistributedApplicationModel(IResourceCollection resources)
{
    public IResourceCollection Resources { get; } = resources;
}
