namespace Aspire.Hosting.ApplicationModel;

/// <summary>A change of a resource. The id differs from the resource's name where it has processes: <c>{name}-{8 lower-case letters}</c>.</summary>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    public IResource Resource { get; } = resource;

    public string ResourceId { get; } = resourceId;

    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}
