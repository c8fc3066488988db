using System.Text;
using Gateway.Api.Access;
using Gateway.Api.Batches;
using Gateway.Api.Batches.Lines;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gateway.Tests.Batches.Lines;

internal static class LineExtensions
{
    /// <summary>Sends a request as a line of a batch of the tenant's.</summary>
    public static Task<LineAnswer> RunLineAsync(this GatewayHost gateway, string tenant, string endpoint, string body)
    {
        var key = new ApiKey { Id = "key_line", Hash = "", Prefix = "", Name = "line", Tenant = tenant, CreatedAt = default };
        return gateway.Services.GetRequiredService<LineCall>().RunAsync(
            BatchEndpoint.Find(endpoint)!, new Caller(key), Encoding.UTF8.GetBytes(body), "batch_req_1", TestContext.Current.CancellationToken);
    }
}
