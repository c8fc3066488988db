using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Gateway.Benchmarks.Servers;

/// <summary>Portkey's gateway (https://github.com/Portkey-AI/gateway) on Node.js as it comes, told its target by headers of each request; installed into <c>npm/</c> where it is not there yet.</summary>
internal static class Portkey
{
    public const string Name = "Portkey";

    private static readonly string Npm = Path.GetFullPath("../../../npm", AppContext.BaseDirectory);

    /// <summary>The headers by which it knows where a request goes.</summary>
    public static IReadOnlyDictionary<string, string> HeadersFor(Uri upstream) => new Dictionary<string, string>
    {
        ["x-portkey-provider"] = "openai",
        ["x-portkey-custom-host"] = new Uri(upstream, "v1").AbsoluteUri,
    };

    /// <summary>Null where Node.js is not installed.</summary>
    public static async Task<ServerProcess?> TryStartAsync(Uri upstream)
    {
        try
        {
            if (!Directory.Exists(Path.Combine(Npm, "node_modules")))
            {
                using var install = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--prefix", Npm]))!;
                await install.WaitForExitAsync();
            }

            var port = ServerProcess.FreePort();
            var program = Path.Combine(Npm, "node_modules", "@portkey-ai", "gateway", "build", "start-server.js");
            var server = await ServerProcess.StartAsync(Name, port, new ProcessStartInfo("node", [program, "--headless", string.Create(CultureInfo.InvariantCulture, $"--port={port}")])
            {
                Environment = { ["NODE_ENV"] = "production" },
            });
            await ShouldReachAsync(upstream, server.Address);
            return server;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    // What answers must be the upstream, byte for byte, and not something of its own.
    private static async Task ShouldReachAsync(Uri upstream, Uri portkey)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "none");
        foreach (var (name, value) in HeadersFor(upstream))
        {
            http.DefaultRequestHeaders.Add(name, value);
        }

        var (straight, through) = (await AnswerOfAsync(upstream), await AnswerOfAsync(portkey));
        if (straight != through)
        {
            throw new InvalidOperationException($"Portkey answered not what the upstream did, but: {through}");
        }

        async Task<string> AnswerOfAsync(Uri server)
        {
            using var content = new StringContent("""{"model":"phi-3-mini","messages":[{"role":"user","content":"Hello"}]}""", Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(new Uri(server, "/v1/chat/completions"), content);
            return await response.Content.ReadAsStringAsync();
        }
    }
}
