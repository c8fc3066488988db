namespace Cost.Worker.Configuration;

/// <summary>How often a scheduled report is written.</summary>
internal enum ReportInterval
{
    Daily,
    Monthly,
}
