using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Telemetry;

internal sealed class OtlpExporterAnnotation : IResourceAnnotation;
