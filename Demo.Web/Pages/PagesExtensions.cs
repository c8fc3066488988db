using Demo.Web.Configuration;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Demo.Web.Pages;

/// <summary>The built pages, or the plain one where nothing was built.</summary>
internal static class PagesExtensions
{
    private const string Assets = "/assets";
    private const string Forever = "public, max-age=31536000, immutable";
    private const string AskEachTime = "no-cache";

    public static void AddPages(this IServiceCollection services)
    {
        services.AddResponseCompression(options => options.EnableForHttps = true);
        services.AddSingleton<PlainPage>();
    }

    public static void MapPages(this WebApplication app)
    {
        var folder = app.Services.GetRequiredService<DemoOptions>().ClientFolder;
        if (!File.Exists(Path.Combine(folder, "index.html")))
        {
            app.MapPlainPage();
            return;
        }

        // What is passed on is left as it comes; only files are compressed.
        var files = new PhysicalFileProvider(folder);
        app.UseWhen(http => http.GetEndpoint() is null, pages =>
        {
            pages.UseResponseCompression();
            pages.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
            pages.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = SayHowLongItIsGood });
        });
    }

    // The build puts a hash of the content into the names of assets.
    private static void SayHowLongItIsGood(StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl = file.Context.Request.Path.StartsWithSegments(Assets) ? Forever : AskEachTime;
}
