using System.Text;
using Gateway.Api.Responses.Storage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Responses.Storage;

/// <summary>What every store of responses does.</summary>
public abstract class ResponseStoreConformance
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly DateTimeOffset Until = DateTimeOffset.FromUnixTimeMilliseconds(4_000_000_000_000);

    private readonly string _id = $"resp_{Guid.NewGuid():N}";

    [Fact]
    public async Task What_is_saved_is_found_as_it_was()
    {
        await using var subject = await OpenAsync();
        var saved = Response("""{"text":"é"}""", until: null);

        await subject.Store.SaveAsync(saved, Lifetime, Token);

        ShouldBe(await subject.Store.FindAsync("acme", _id, Token), saved);
        subject.Store.IsAvailable.ShouldBeTrue();
    }

    [Fact]
    public async Task Another_tenant_finds_and_deletes_nothing()
    {
        await using var subject = await OpenAsync();
        await subject.Store.SaveAsync(Response("{}", until: null), Lifetime, Token);

        (await subject.Store.FindAsync("other", _id, Token)).ShouldBeNull();
        (await subject.Store.DeleteAsync("other", _id, Token)).ShouldBeFalse();
        (await subject.Store.FindAsync("acme", _id, Token)).ShouldNotBeNull();
    }

    // An id comes from a caller as it is: with the end of one tenant's name in it, it must not make another's.
    [Fact]
    public async Task An_id_makes_no_tenant_another()
    {
        await using var subject = await OpenAsync();
        await subject.Store.SaveAsync(Response("{}", until: null) with { Tenant = "acme}:x" }, Lifetime, Token);

        (await subject.Store.FindAsync("acme", $"x}}:{_id}", Token)).ShouldBeNull();
        (await subject.Store.FindAsync("acme}:x", _id, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_deleted_is_gone_and_cannot_be_deleted_twice()
    {
        await using var subject = await OpenAsync();
        await subject.Store.SaveAsync(Response("{}", Until), Lifetime, Token);

        (await subject.Store.DeleteAsync("acme", _id, Token)).ShouldBeTrue();

        (await subject.Store.DeleteAsync("acme", _id, Token)).ShouldBeFalse();
        (await subject.Store.FindAsync("acme", _id, Token)).ShouldBeNull();
        (await subject.Store.ReplaceRunningAsync(Response("{}", until: null), Token)).ShouldBeFalse();
        (await subject.Store.ExtendAsync("acme", _id, Until, Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task What_runs_ends_once()
    {
        await using var subject = await OpenAsync();
        await subject.Store.SaveAsync(Response("1", Until), Lifetime, Token);
        (await subject.Store.ReplaceRunningAsync(Response("2", Until), Token)).ShouldBeTrue();
        var ended = Response("3", until: null);

        (await subject.Store.ReplaceRunningAsync(ended, Token)).ShouldBeTrue();

        (await subject.Store.ReplaceRunningAsync(Response("4", until: null), Token)).ShouldBeFalse();
        (await subject.Store.ExtendAsync("acme", _id, Until, Token)).ShouldBeFalse();
        ShouldBe(await subject.Store.FindAsync("acme", _id, Token), ended);
    }

    [Fact]
    public async Task What_runs_is_extended()
    {
        await using var subject = await OpenAsync();
        await subject.Store.SaveAsync(Response("1", Until), Lifetime, Token);

        (await subject.Store.ExtendAsync("acme", _id, Until.AddMinutes(1), Token)).ShouldBeTrue();

        ShouldBe(await subject.Store.FindAsync("acme", _id, Token), Response("1", Until.AddMinutes(1)));
    }

    [Fact]
    public async Task What_is_saved_again_takes_the_place_of_what_was_there()
    {
        await using var subject = await OpenAsync();
        await subject.Store.SaveAsync(Response("1", Until), Lifetime, Token);
        var again = Response("2", until: null);

        await subject.Store.SaveAsync(again, Lifetime, Token);

        ShouldBe(await subject.Store.FindAsync("acme", _id, Token), again);
    }

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected abstract ValueTask<Subject> OpenAsync();

    private protected StoredResponse Response(string body, DateTimeOffset? until, string? id = null) => new()
    {
        Id = id ?? _id,
        Tenant = "acme",
        Body = Encoding.UTF8.GetBytes(body),
        Items = "[1,2,3]"u8.ToArray(),
        Input = 1..3,
        RunsUntil = until,
    };

    private static void ShouldBe(StoredResponse? found, StoredResponse expected)
    {
        var response = found.ShouldNotBeNull();
        response.Body.ToArray().ShouldBe(expected.Body.ToArray());
        response.Items.ToArray().ShouldBe(expected.Items.ToArray());
        (response.Id, response.Tenant, response.Input, response.RunsUntil).ShouldBe((expected.Id, expected.Tenant, expected.Input, expected.RunsUntil));
    }

    private protected sealed record Subject(IResponseStore Store, IAsyncDisposable? Connection = null) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Connection?.DisposeAsync() ?? default;
    }
}
