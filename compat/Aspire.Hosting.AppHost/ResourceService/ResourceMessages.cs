using System.Collections;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.ResourceService.Messages;
using Google.Protobuf.WellKnownTypes;

namespace Aspire.Hosting.ResourceService;

/// <summary>Puts a resource's state into the dashboard's words, with every secret masked.</summary>
internal sealed class ResourceMessages(SecretValues secrets, TimeProvider time)
{
    private readonly DateTime _start = time.GetUtcNow().UtcDateTime;

    public Messages.Resource From(ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        var message = new Messages.Resource
        {
            Name = change.ResourceId,
            DisplayName = change.Resource.Name,
            ResourceType = snapshot.ResourceType,
            Uid = change.ResourceId,

            // The dashboard drops the whole list where one has none.
            CreatedAt = TimeOf(snapshot.CreationTimeStamp ?? _start),
            StartedAt = TimeOf(snapshot.StartTimeStamp),
            StoppedAt = TimeOf(snapshot.StopTimeStamp),
            IsHidden = snapshot.IsHidden,
            Environment = { snapshot.EnvironmentVariables.Select(variable => new EnvironmentVariable { Name = variable.Name, Value = secrets.Mask(variable.Value ?? ""), IsFromSpec = variable.IsFromSpec }) },
            Properties = { snapshot.Properties.Select(PropertyOf) },
            Urls = { snapshot.Urls.Select(url => UrlOf(url, isActive: snapshot.State?.Text == KnownResourceStates.Running)) },
            HealthReports = { snapshot.HealthReports.Select(HealthOf) },
            Relationships = { RelationshipsOf(change.Resource) },
            Commands = { ResourceCommands.Of(change.Resource, snapshot.State?.Text) },
        };
        if (snapshot.State is { } state)
        {
            message.State = state.Text;
            message.StateStyle = state.Style ?? "";
        }

        return message;
    }

    private static Timestamp? TimeOf(DateTime? time) => time is { } known ? Timestamp.FromDateTime(DateTime.SpecifyKind(known, DateTimeKind.Utc)) : null;

    // The dashboard drops the whole list where the display properties are missing, even empty ones.
    private static Url UrlOf(UrlSnapshot url, bool isActive)
        => new() { EndpointName = url.Name ?? "", FullUrl = url.Url, IsInternal = url.IsInternal, IsInactive = !isActive, DisplayProperties = new UrlDisplayProperties() };

    private static IEnumerable<ResourceRelationship> RelationshipsOf(IResource resource)
        => resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(other => (other.Resource.Name, other.Type))
            .Concat(resource.Annotations.OfType<WaitAnnotation>().Select(other => (other.Resource.Name, Type: "WaitFor")))
            .Distinct()
            .Select(other => new ResourceRelationship { ResourceName = other.Name, Type = other.Type });

    private ResourceProperty PropertyOf(ResourcePropertySnapshot property)
        => new() { Name = property.Name, Value = ValueOf(property.Value), IsSensitive = property.IsSensitive };

    private Value ValueOf(object? value) => value switch
    {
        null => Value.ForNull(),
        string text => Value.ForString(secrets.Mask(text)),
        IEnumerable items => Value.ForList([.. items.Cast<object?>().Select(ValueOf)]),
        _ => Value.ForString(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    private HealthReport HealthOf(HealthReportSnapshot report)
    {
        var message = new HealthReport { Key = report.Name, Description = secrets.Mask(report.Description ?? ""), Exception = secrets.Mask(report.ExceptionText ?? "") };
        if (report.Status is { } status)
        {
            message.Status = status switch
            {
                Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy => HealthStatus.Healthy,
                Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Degraded => HealthStatus.Degraded,
                _ => HealthStatus.Unhealthy,
            };
        }

        return message;
    }
}
