using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace ServiceDefaults.Metrics.CloudWatch;

/// <summary>Has metrics written before a reply ends: after it the process may be frozen.</summary>
internal sealed class ExportAfterRequests(EmfExporter exporter) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, rest) =>
        {
            try
            {
                await rest(context);
            }
            finally
            {
                exporter.Export();
            }
        });
        next(app);
    };
}
