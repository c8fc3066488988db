using Gateway.Api.Configuration;
using Gateway.Api.Responses.Storage;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Responses.Storage;

public sealed class MemoryResponsesTests : ResponseStoreConformance
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_response_is_gone_after_its_lifetime()
    {
        await using var subject = await OpenAsync();
        await subject.Store.SaveAsync(Response("{}", until: null, "resp_1"), TimeSpan.FromMinutes(1), Token);

        _time.Advance(TimeSpan.FromSeconds(59));
        (await subject.Store.FindAsync("acme", "resp_1", Token)).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromSeconds(1));
        (await subject.Store.FindAsync("acme", "resp_1", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task The_oldest_go_where_it_is_full()
    {
        await using var subject = await OpenAsync();
        foreach (var id in (string[])["resp_1", "resp_2", "resp_3"])
        {
            await subject.Store.SaveAsync(Response(new string('x', 400), until: null, id), TimeSpan.FromHours(1), Token);
        }

        (await subject.Store.FindAsync("acme", "resp_1", Token)).ShouldBeNull();
        (await subject.Store.FindAsync("acme", "resp_2", Token)).ShouldNotBeNull();
        (await subject.Store.FindAsync("acme", "resp_3", Token)).ShouldNotBeNull();
    }

    private protected override ValueTask<Subject> OpenAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Gateway:Responses:MemoryBytes", "1024")]).Build();
        return new(new Subject(new MemoryResponses(new LiveConfiguration(configuration, NullLogger<LiveConfiguration>.Instance), _time)));
    }
}
