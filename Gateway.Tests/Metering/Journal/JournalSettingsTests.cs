using Gateway.Api.Metering.Journal;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;
using RedisClients = Gateway.Tests.Redis.Clients;

namespace Gateway.Tests.Metering.Journal;

public sealed class JournalSettingsTests
{
    [Theory]
    [InlineData("many")]
    [InlineData("-1")]
    [InlineData("1000")]
    [InlineData("99999999999999999999")]
    public void A_bad_bound_ends_the_start_and_says_what_is_allowed(string bound)
    {
        var builder = Builder(("Journal:MaxBytes", bound));

        Should.Throw<OptionsValidationException>(builder.AddUsageJournal)
            .Failures.ShouldBe([$"Journal:MaxBytes is '{bound}'; allowed: a number of bytes from 16777216 to 1099511627776."]);
    }

    [Theory]
    [InlineData("Always")]
    [InlineData("1")]
    public void An_unknown_durability_ends_the_start_and_says_what_is_allowed(string durability) =>
        Should.Throw<OptionsValidationException>(Builder(("Journal:Durability", durability)).AddUsageJournal)
            .Failures.ShouldBe([$"Journal:Durability is '{durability}'; allowed: Process, Disk."]);

    [Fact]
    public void Without_a_bound_it_is_a_gibibyte() => JournalSettings.Read(new ConfigurationManager()).MaxBytes.ShouldBe(1L << 30);

    [Fact]
    public async Task Without_Redis_nothing_is_kept_and_the_log_says_so_once()
    {
        using var data = new DataDirectory();
        using var log = new LogRecorder();
        var builder = Builder(("Data:Directory", data.Path));
        builder.Logging.ClearProviders().AddProvider(log);
        builder.AddUsageJournal();
        await using var app = builder.Build();
        foreach (var service in app.Services.GetServices<IHostedService>().OfType<NoJournalService>())
        {
            await service.StartAsync(RedisClients.Token);
        }

        app.Services.GetRequiredService<UsageJournal>().AppendAsync(JournalHost.Event("r1")).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
        data.Journals.ShouldBeEmpty();
        log.Lines.ShouldHaveSingleItem().Message.ShouldContain("usage is counted in metrics only");
    }

    [Theory]
    [InlineData("", typeof(MemoryJournalService))]
    [InlineData("somewhere", typeof(DiskJournalService))]
    public async Task With_Redis_events_are_kept_where_the_data_directory_says(string directory, Type kind)
    {
        var builder = Builder(("ConnectionStrings:redis", "127.0.0.1:1,abortConnect=false"), ("Data:Directory", directory));
        builder.AddRedisClient("redis");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddUsageJournal();
        await using var app = builder.Build();

        app.Services.GetRequiredService<JournalService>().ShouldBeOfType(kind);
    }

    private static WebApplicationBuilder Builder(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Test" });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value));
        return builder;
    }
}
