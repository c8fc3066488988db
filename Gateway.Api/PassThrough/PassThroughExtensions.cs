using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Api.PassThrough;

internal static class PassThroughExtensions
{
    public static void AddPassThrough(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpForwarder();
        builder.Services.AddSingleton<PassThroughAdmission>();
        builder.Services.AddSingleton<PassThroughPipeline>();

        // The forwarder writes a line for every request, and one with a stack trace for every caller who leaves.
        builder.Logging.AddFilter(typeof(IHttpForwarder).Namespace, LogLevel.Error);
    }
}
