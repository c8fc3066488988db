namespace Aspire.Hosting.ApplicationModel;

/// <summary>Names a registered health check of a resource.</summary>
public class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    public string Key { get; } = key;
}
