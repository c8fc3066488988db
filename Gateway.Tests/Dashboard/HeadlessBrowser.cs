using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Dashboard;

/// <summary>Chromium without a window, spoken to over its own protocol (https://chromedevtools.github.io/devtools-protocol/).</summary>
internal sealed class HeadlessBrowser : IAsyncDisposable
{
    private const string Announcement = "DevTools listening on ";
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _profile;
    private readonly Process _process;
    private readonly ClientWebSocket _page = new();
    private int _calls;

    private HeadlessBrowser(string profile, Process process) => (_profile, _process) = (profile, process);

    public static async Task<HeadlessBrowser> StartAsync()
    {
        var profile = Directory.CreateTempSubdirectory("gateway-browser-").FullName;
        string[] arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", $"--user-data-dir={profile}", "--window-size=1600,900"];
        var browser = new HeadlessBrowser(profile, Process.Start(new ProcessStartInfo("chromium", arguments) { RedirectStandardError = true })!);
        try
        {
            await browser.ConnectAsync();
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _page.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    /// <summary>Opens a page and waits until it says what it should; returns all that it says.</summary>
    public async Task<string> ReadAsync(Uri url, Predicate<string> until)
    {
        await CallAsync("Page.navigate", new JsonObject { ["url"] = url.ToString() });
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var text = (string?)(await CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = "document.body?.innerText ?? ''", ["returnByValue"] = true }))["result"]?["value"] ?? "";
            if (until(text))
            {
                return text;
            }

            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"{url} says only: {text}");
            }

            await Task.Delay(BetweenLooks, TimeProvider.System, TestHost.Token);
        }
    }

    public async Task<byte[]> ScreenshotAsync() => Convert.FromBase64String((string)(await CallAsync("Page.captureScreenshot", []))["data"]!);

    private async Task ConnectAsync()
    {
        while (await _process.StandardError.ReadLineAsync(TestHost.Token) is { } line)
        {
            if (line.StartsWith(Announcement, StringComparison.Ordinal))
            {
                _ = _process.StandardError.ReadToEndAsync(TestHost.Token);
                using var http = new HttpClient();
                using var opened = await http.PutAsync($"http://127.0.0.1:{new Uri(line[Announcement.Length..]).Port}/json/new?about:blank", null, TestHost.Token);
                var target = await opened.Content.ReadFromJsonAsync<JsonObject>(TestHost.Token);
                await _page.ConnectAsync(new Uri((string)target!["webSocketDebuggerUrl"]!), TestHost.Token);
                return;
            }
        }

        throw new InvalidOperationException("Chromium ended before it could be spoken to.");
    }

    // → {"id":1,"method":"Page.navigate","params":{…}}   ← {"id":1,"result":{…}}, and events, which have no id
    private async Task<JsonObject> CallAsync(string method, JsonObject parameters)
    {
        var id = ++_calls;
        var call = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _page.SendAsync(System.Text.Encoding.UTF8.GetBytes(call.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, TestHost.Token);
        while (true)
        {
            using var stream = WebSocketStream.CreateReadableMessageStream(_page);
            var answer = (await JsonNode.ParseAsync(stream, cancellationToken: TestHost.Token))!.AsObject();
            if ((int?)answer["id"] == id)
            {
                return answer["result"]?.AsObject() ?? throw new InvalidOperationException($"{method}: {answer}");
            }
        }
    }
}
