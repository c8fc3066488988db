using ServiceDefaults.Redis;

namespace Gateway.Api.Audit;

internal static class AuditExtensions
{
    public static void AddAudit(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<AuditLog>();
        if (builder.Configuration.HasRedis())
        {
            services.AddSingleton<IAuditTrail, RedisAuditTrail>();
        }
        else
        {
            services.AddSingleton<IAuditTrail, FileAuditTrail>();
        }
    }
}
