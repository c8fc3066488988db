using System.Diagnostics;
using Mcp.Products;

namespace Gateway.Benchmarks.Servers;

/// <summary>The product server as it ships, open, with its sample catalogue.</summary>
internal static class ProductsProcess
{
    /// <param name="data">Its data directory.</param>
    public static Task<ServerProcess> StartAsync(string data)
    {
        var port = ServerProcess.FreePort();
        return ServerProcess.StartAsync("products", port, new ProcessStartInfo("dotnet", [typeof(ProductsApplication).Assembly.Location, "--urls", $"http://127.0.0.1:{port}"])
        {
            Environment = { ["Data__Directory"] = data, ["Products__Access"] = "Open" },
        });
    }
}
