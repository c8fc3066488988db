using ServiceDefaults.Redis;

namespace Gateway.Api.Files;

internal static class FilesExtensions
{
    /// <summary>Files are kept in Redis where one is configured, so that replicas share them; else on disk.</summary>
    public static void AddFiles(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FileUpload>();
        if (builder.Configuration.HasRedis())
        {
            builder.Services.AddSingleton<IFileStore, RedisFiles>();
        }
        else
        {
            builder.Services.AddSingleton<IFileStore, DiskFiles>();
        }
    }
}
