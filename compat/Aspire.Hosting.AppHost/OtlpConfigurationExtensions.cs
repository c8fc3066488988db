using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Telemetry;

namespace Aspire.Hosting;

/// <summary>Sends the telemetry of resources to the dashboard.</summary>
public static class OtlpConfigurationExtensions
{
    /// <summary>Gives the resource the <c>OTEL_*</c> variables, where an OTLP endpoint is configured for the AppHost. Projects have them already.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment
        => builder.WithAnnotation(new OtlpExporterAnnotation(), ResourceAnnotationMutationBehavior.Replace);
}
