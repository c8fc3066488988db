using System.Text;
using Gateway.Api.Batches.Storage;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Batches.Storage;

/// <summary>What every store of batches does.</summary>
public abstract class BatchStoreConformance
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(1);

    private readonly string _tenant = $"acme-{Guid.NewGuid():N}";

    private protected ManualTime Time { get; } = new();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_added_is_found_listed_and_open()
    {
        await using var subject = await OpenAsync();
        var first = await AddAsync(subject.Store);
        Time.Advance(TimeSpan.FromSeconds(1));
        var second = await AddAsync(subject.Store);

        ShouldBe(await subject.Store.FindAsync(first.Name, Token), first);
        (await subject.Store.ListAsync(_tenant, Token)).Select(batch => batch.Id).ShouldBe([first.Id, second.Id]);
        (await subject.Store.ListOpenAsync(Token)).ShouldBe([first.Name, second.Name]);
        (await subject.Store.ListAllAsync(Token)).Where(batch => batch.Tenant == _tenant).Select(batch => batch.Id).ShouldBe([first.Id, second.Id]);
        (await subject.Store.FindAsync(first.Name with { Tenant = "other" }, Token)).ShouldBeNull();
        (await subject.Store.ListAsync("other", Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_changes_at_once_one_is_made()
    {
        await using var subject = await OpenAsync();
        var batch = await AddAsync(subject.Store);
        var changed = batch with { Status = BatchStatus.Cancelling, CancellingAt = Time.GetUtcNow(), Errors = [new BatchError("c", "m", "p", 3)] };

        (await subject.Store.TryChangeAsync(changed, Token)).ShouldBeTrue();
        (await subject.Store.TryChangeAsync(batch with { Status = BatchStatus.InProgress }, Token)).ShouldBeFalse();

        ShouldBe(await subject.Store.FindAsync(batch.Name, Token), changed with { Version = 1 });
    }

    [Fact]
    public async Task One_process_has_a_batch_until_its_lease_is_over_or_given_back()
    {
        await using var subject = await OpenAsync();
        var batch = await AddAsync(subject.Store);
        var first = (await TakeAsync(subject.Store, batch)).ShouldNotBeNull();

        (await TakeAsync(subject.Store, batch)).ShouldBeNull();
        Time.Advance(LeaseTime / 2);
        ShouldBe(await subject.Store.RenewAsync(first, Time.GetUtcNow() + LeaseTime, Token), batch);
        Time.Advance(LeaseTime / 2);
        (await TakeAsync(subject.Store, batch)).ShouldBeNull();
        Time.Advance(LeaseTime / 2);
        var second = (await TakeAsync(subject.Store, batch)).ShouldNotBeNull();

        second.Fence.ShouldBeGreaterThan(first.Fence);
        (await subject.Store.RenewAsync(first, Time.GetUtcNow() + LeaseTime, Token)).ShouldBeNull();
        (await subject.Store.AddResultAsync(first, 1, Result("late"), Token)).ShouldBeFalse();
        await subject.Store.ReleaseAsync(first, Token);
        (await TakeAsync(subject.Store, batch)).ShouldBeNull();
        await subject.Store.ReleaseAsync(second, Token);
        (await TakeAsync(subject.Store, batch)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_first_result_of_a_line_stays_and_counts()
    {
        await using var subject = await OpenAsync();
        var batch = await AddAsync(subject.Store);
        var lease = (await TakeAsync(subject.Store, batch)).ShouldNotBeNull();
        (await subject.Store.AddResultAsync(lease, 3, Result("three"), Token)).ShouldBeTrue();
        (await subject.Store.AddResultAsync(lease, 1, Result("öne", isOutput: false), Token)).ShouldBeTrue();

        (await subject.Store.AddResultAsync(lease, 3, Result("again", isOutput: false), Token)).ShouldBeTrue();

        (await subject.Store.ListDoneAsync(batch.Name, Token)).Order().ShouldBe([1, 3]);
        (await subject.Store.ReadResultsAsync(batch.Name, 1, 3, Token)).Select(Text).ShouldBe(["e:öne", "", "o:three"]);
        (await subject.Store.ReadResultsAsync(batch.Name, 3, 2, Token)).Select(Text).ShouldBe(["o:three", ""]);
        var found = (await subject.Store.FindAsync(batch.Name, Token)).ShouldNotBeNull();
        (found.Completed, found.Failed).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_batch_that_has_ended_is_not_open_and_keeps_its_counts_but_no_results()
    {
        await using var subject = await OpenAsync();
        var batch = await AddAsync(subject.Store);
        var lease = (await TakeAsync(subject.Store, batch)).ShouldNotBeNull();
        await subject.Store.AddResultAsync(lease, 1, Result("one"), Token);

        (await subject.Store.TryChangeAsync(batch with { Status = BatchStatus.Completed, CompletedAt = Time.GetUtcNow() }, Token)).ShouldBeTrue();

        (await subject.Store.ListOpenAsync(Token)).ShouldNotContain(batch.Name);
        (await subject.Store.ListDoneAsync(batch.Name, Token)).ShouldBeEmpty();
        await subject.Store.ReleaseAsync(lease, Token);
        (await TakeAsync(subject.Store, batch)).ShouldBeNull();
        var found = (await subject.Store.FindAsync(batch.Name, Token)).ShouldNotBeNull();
        (found.Status, found.Completed, found.Failed).ShouldBe((BatchStatus.Completed, 1, 0));
    }

    private protected abstract ValueTask<Subject> OpenAsync();

    private protected async Task<StoredBatch> AddAsync(IBatchStore store)
    {
        var now = Time.GetUtcNow();
        var batch = new StoredBatch
        {
            Id = StoredBatch.NewId(now),
            Tenant = _tenant,
            Key = "key_1",
            InputFileId = "file-1",
            Endpoint = "/v1/chat/completions",
            Metadata = new Dictionary<string, string> { ["job"] = "é" },
            CreatedAt = now,
            ExpiresAt = now.AddDays(1),
        };
        await store.AddAsync(batch, Token);
        return batch;
    }

    private protected Task<BatchLease?> TakeAsync(IBatchStore store, StoredBatch batch) => store.TryLeaseAsync(batch.Name, Time.GetUtcNow() + LeaseTime, Token);

    private protected static BatchResult Result(string text, bool isOutput = true) => new(isOutput, Encoding.UTF8.GetBytes(text));

    private protected static string Text(BatchResult? result) => result is { } line ? $"{(line.IsOutput ? 'o' : 'e')}:{Encoding.UTF8.GetString(line.Json.Span)}" : "";

    private protected static void ShouldBe(StoredBatch? found, StoredBatch expected)
    {
        var batch = found.ShouldNotBeNull();
        batch.Metadata.ShouldBe(expected.Metadata);
        batch.Errors.ShouldBe(expected.Errors);
        (batch with { Metadata = expected.Metadata, Errors = expected.Errors }).ShouldBe(expected);
    }

    private protected sealed record Subject(IBatchStore Store, IAsyncDisposable? Connection = null) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            (Store as IDisposable)?.Dispose();
            return Connection?.DisposeAsync() ?? default;
        }
    }
}
