using System.Diagnostics;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Telemetry;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Telemetry;

/// <summary>What becomes of the span of a request whose trace was not chosen to be exported.</summary>
[Trait("Requirement", "G4.2")]
public sealed class ServerSpansTests
{
    private static readonly TraceSampling Sampling = new(0.1, TimeSpan.FromSeconds(10));

    private readonly ManualTime _time = new();

    [Fact]
    public async Task One_that_was_quick_and_well_is_not_kept() =>
        (await ServeAsync(Sampling, seconds: 9.9, StatusCodes.Status429TooManyRequests)).Recorded.ShouldBeFalse();

    [Fact]
    public async Task One_that_was_slow_is_kept_with_its_name()
    {
        var span = await ServeAsync(Sampling, seconds: 10, StatusCodes.Status200OK);

        (span.Recorded, span.IsAllDataRequested, span.DisplayName, span.GetTagItem("http.response.status_code")).ShouldBe((true, true, "POST", 200));
    }

    [Fact]
    public async Task One_that_failed_is_kept_with_its_error()
    {
        var span = await ServeAsync(Sampling, seconds: 0, StatusCodes.Status503ServiceUnavailable);

        (span.Recorded, span.Status, span.GetTagItem("error.type")).ShouldBe((true, ActivityStatusCode.Error, "503"));
    }

    [Fact]
    public async Task None_is_kept_where_another_sampler_decides() =>
        (await ServeAsync(Sampling with { Part = null }, seconds: 60, StatusCodes.Status503ServiceUnavailable)).Recorded.ShouldBeFalse();

    private async Task<Activity> ServeAsync(TraceSampling sampling, double seconds, int status)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var app = new ApplicationBuilder(services);
        new ServerSpans(sampling, _time).Configure(rest => rest.Run(context =>
        {
            _time.Advance(TimeSpan.FromSeconds(seconds));
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        }))(app);
        using var span = new Activity("served") { IsAllDataRequested = false }.Start();
        await app.Build()(new DefaultHttpContext { Request = { Method = HttpMethods.Post } });
        return span;
    }
}
