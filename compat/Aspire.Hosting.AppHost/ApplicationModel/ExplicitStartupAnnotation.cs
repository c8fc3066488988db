namespace Aspire.Hosting.ApplicationModel;

/// <summary>Keeps a resource from being started with the application.</summary>
public sealed class ExplicitStartupAnnotation : IResourceAnnotation;
