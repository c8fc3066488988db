using Gateway.Api.Batches.Storage;
using Gateway.Api.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Batches.Storage;

public sealed class DiskBatchesTests : BatchStoreConformance, IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("disk-batches-");
    private readonly IConfiguration _settings;
    private readonly LiveConfiguration _configuration;

    public DiskBatchesTests()
    {
        _settings = new ConfigurationBuilder().AddInMemoryCollection([new("Data:Directory", _data.FullName)]).Build();
        _configuration = new LiveConfiguration(_settings, NullLogger<LiveConfiguration>.Instance);
    }

    public void Dispose()
    {
        _configuration.Dispose();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task Batches_and_results_are_there_after_a_restart_but_for_one_that_was_cut()
    {
        StoredBatch batch;
        using (var before = Store())
        {
            batch = await AddAsync(before);
            var lease = (await TakeAsync(before, batch)).ShouldNotBeNull();
            await before.AddResultAsync(lease, 1, Result("one"), Token);
            await before.AddResultAsync(lease, 2, Result("two", isOutput: false), Token);
            await before.AddResultAsync(lease, 3, Result("three"), Token);
        }

        var log = Directory.GetFiles(_data.FullName, "results", SearchOption.AllDirectories).Single();
        await using (var file = new FileStream(log, FileMode.Open))
        {
            file.SetLength(file.Length - 2);
        }

        using var after = Store();
        var taken = (await TakeAsync(after, batch)).ShouldNotBeNull();
        (await after.ListDoneAsync(batch.Name, Token)).Order().ShouldBe([1, 2]);
        await after.AddResultAsync(taken, 3, Result("3"), Token);

        (await after.ReadResultsAsync(batch.Name, 1, 3, Token)).Select(Text).ShouldBe(["o:one", "e:two", "o:3"]);
        var found = (await after.FindAsync(batch.Name, Token)).ShouldNotBeNull();
        (found.Completed, found.Failed).ShouldBe((2, 1));
    }

    [Fact]
    public async Task A_batch_that_ended_long_ago_is_deleted_when_the_next_one_comes()
    {
        using var store = Store();
        var old = await AddAsync(store);
        await store.TryChangeAsync(old with { Status = BatchStatus.Completed, CompletedAt = Time.GetUtcNow() }, Token);
        Time.Advance(TimeSpan.FromDays(31));

        var next = await AddAsync(store);

        (await store.ListAsync(old.Tenant, Token)).Select(batch => batch.Id).ShouldBe([next.Id]);
        Directory.GetDirectories(Path.Combine(_data.FullName, "batches")).Length.ShouldBe(1);
    }

    private protected override ValueTask<Subject> OpenAsync() => new(new Subject(Store()));

    private DiskBatches Store() => new(_settings, _configuration, Time);
}
