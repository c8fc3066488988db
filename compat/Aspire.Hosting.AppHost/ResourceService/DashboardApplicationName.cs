namespace Aspire.Hosting.ResourceService;

/// <summary>What the dashboard calls the application.</summary>
internal sealed record DashboardApplicationName(string Value);
