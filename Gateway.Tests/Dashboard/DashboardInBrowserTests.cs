using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Gateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Dashboard;

/// <summary>The real dashboard, fetched from npm where this user has not got it yet, beside the real system, in a real browser.</summary>
[Trait("Suite", "dashboard")]
public sealed partial class DashboardInBrowserTests : IDisposable
{
    private readonly LineProvider _lines = new();
    private readonly string _data = Directory.CreateTempSubdirectory("gateway-dashboard-").FullName;

    public void Dispose()
    {
        _lines.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task It_shows_the_resources_and_one_request_as_one_trace_across_gateway_and_model()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [$"--Data:Directory={_data}"], (options, _) => options.DisableDashboard = false, TestHost.Token);
        builder.Services.AddLogging(logging => logging.ClearProviders().AddProvider(_lines));
        await using var app = await builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("gateway", TestHost.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("aspire-dashboard", TestHost.Token);
        await AskAsync(app);
        var login = new Uri(LoginLine().Match(_lines.Said(LogLevel.Information).Single(LoginLine().IsMatch)).Groups["url"].Value);
        await using var browser = await HeadlessBrowser.StartAsync();

        var resources = await browser.ReadAsync(login, text => text.Contains("Local.Model.csproj", StringComparison.Ordinal));
        await KeepAsync(browser, "resources");
        await browser.ReadAsync(new Uri(login, "/traces"), AcrossBoth().IsMatch);
        await KeepAsync(browser, "traces");

        resources.ShouldContain("AI Model Gateway");
        resources.ShouldContain("gateway");
        resources.ShouldContain(app.GetEndpoint("gateway").Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        _lines.Written.Where(line => line.Category.StartsWith("AppHost.Resources.", StringComparison.Ordinal) && line.Level >= LogLevel.Error).ShouldBeEmpty();
        _lines.Said(LogLevel.Warning).ShouldBeEmpty();
    }

    private static async Task AskAsync(DistributedApplication app)
    {
        using var caller = app.CreateHttpClient("gateway");
        var key = Path.Combine(app.Services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()["Data:Directory"]!, "development-key");
        caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(key, TestHost.Token)).Trim());
        using var answer = await caller.PostAsJsonAsync(
            "/v1/chat/completions", new { model = "phi-3-mini", messages = new[] { new { role = "user", content = "Hello" } } }, TestHost.Token);
        answer.EnsureSuccessStatusCode();
    }

    // For the eye: what a test cannot tell is whether it looks right.
    private static async Task KeepAsync(HeadlessBrowser browser, string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Hosts.Repository.Root, "TestResults", "dashboard")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.png"), await browser.ScreenshotAsync(), TestHost.Token);
    }

    // The spans of one trace, by resource.
    [GeneratedRegex(@"gateway \(\d+\)\s+model \(\d+\)")]
    private static partial Regex AcrossBoth();

    [GeneratedRegex("Login to the dashboard at (?<url>.*)")]
    private static partial Regex LoginLine();
}
