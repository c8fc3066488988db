using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Marks what can be attached to a resource.</summary>
public interface IResourceAnnotation;

/// <summary>What is known of a resource beyond its name.</summary>
public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>;
