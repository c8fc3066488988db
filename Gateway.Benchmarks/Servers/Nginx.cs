using System.Diagnostics;

namespace Gateway.Benchmarks.Servers;

/// <summary>nginx as a reverse proxy with kept-alive upstream connections, where it is installed.</summary>
internal static class Nginx
{
    /// <param name="upstreams">Who takes the requests, in turn.</param>
    public static async Task<ServerProcess?> TryStartAsync(IReadOnlyList<Uri> upstreams, string folder)
    {
        var port = ServerProcess.FreePort();
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            daemon off;
            worker_processes auto;
            pid {{folder}}/nginx.pid;
            error_log stderr crit;
            events { worker_connections 4096; }
            http {
              access_log off;
              client_body_temp_path {{folder}}/body; proxy_temp_path {{folder}}/proxy; fastcgi_temp_path {{folder}}/f; uwsgi_temp_path {{folder}}/u; scgi_temp_path {{folder}}/s;
              upstream model { {{string.Concat(upstreams.Select(upstream => $"server {upstream.Authority}; "))}}keepalive 256; }
              server {
                listen 127.0.0.1:{{port}} backlog=4096;
                keepalive_requests 100000000;
                client_max_body_size 16m;
                location / { proxy_pass http://model; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; }
              }
            }
            """);
        try
        {
            return await ServerProcess.StartAsync("nginx", port, new ProcessStartInfo("nginx", ["-c", configuration, "-p", folder]));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
