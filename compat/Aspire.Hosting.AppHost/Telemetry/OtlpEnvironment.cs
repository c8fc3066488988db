using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Telemetry;

/// <summary>The variables of <see href="https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/"/> that a resource gets.</summary>
internal static class OtlpEnvironment
{
    public static void Add(
        IDictionary<string, object> variables, OtlpTarget target, IHostEnvironment environment, string resourceName, string instanceId)
    {
        if (target.Endpoint is null)
        {
            return;
        }

        variables["OTEL_SERVICE_NAME"] = resourceName;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={instanceId}";
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = target.Endpoint;
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        if (target.ApiKey is { Length: > 0 } key)
        {
            variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
        }

        if (environment.IsDevelopment())
        {
            // A developer who has just sent a request wants to see it now.
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
        }
    }
}
