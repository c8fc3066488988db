using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Containers;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Orchestration;

/// <summary>What running a resource takes.</summary>
internal sealed record ResourceServices(
    ResourceNotificationService Notifications,
    ResourceLoggerService Loggers,
    IDistributedApplicationEventing Eventing,
    HealthCheckService HealthChecks,
    ProcessSpecFactory Specs,
    SecretValues Secrets,
    ContainerEngine Engine,
    IHostApplicationLifetime Lifetime,
    TimeProvider Time,
    IServiceProvider Provider);
