using Gateway.Api.Files;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Files;

/// <summary>What every store of files does.</summary>
public abstract class FileStoreConformance
{
    private const int Large = 700_000;

    private protected ManualTime Time { get; } = new();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_is_read_and_listed_and_deleted()
    {
        await using var subject = await OpenAsync();
        var content = Random.Shared.GetItems("abc\n"u8.ToArray(), Large);
        var file = await AddAsync(subject.Store, content);

        (await subject.Store.FindAsync("acme", file.Id, Token)).ShouldBe(file);
        (await subject.Store.ListAsync("acme", Token)).ShouldBe([file]);
        (await ReadAsync(subject.Store.Open(file))).ShouldBe(content);

        (await subject.Store.DeleteAsync("acme", file.Id, Token)).ShouldBeTrue();
        (await subject.Store.DeleteAsync("acme", file.Id, Token)).ShouldBeFalse();
        (await subject.Store.FindAsync("acme", file.Id, Token)).ShouldBeNull();
        (await subject.Store.ListAsync("acme", Token)).ShouldBeEmpty();
        await Should.ThrowAsync<EndOfStreamException>(async () => await ReadAsync(subject.Store.Open(file)));
    }

    [Fact]
    public async Task What_is_written_again_takes_the_place_of_what_was_there()
    {
        await using var subject = await OpenAsync();
        var file = await AddAsync(subject.Store, new byte[Large]);
        var written = await subject.Store.WriteAsync("acme", file.Id, new MemoryStream([1, 2]), Large, Token);

        await subject.Store.AddAsync(file with { Bytes = written!.Value }, Token);

        (await ReadAsync(subject.Store.Open(file with { Bytes = 2 }))).ShouldBe([1, 2]);
        (await subject.Store.ListAsync("acme", Token)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_too_large_is_not_kept()
    {
        await using var subject = await OpenAsync();
        var id = StoredFile.NewId(Time.GetUtcNow());

        (await subject.Store.WriteAsync("acme", id, new MemoryStream(new byte[Large]), Large - 1, Token)).ShouldBeNull();
        (await subject.Store.WriteAsync("acme", id, new MemoryStream(new byte[Large]), Large, Token)).ShouldBe(Large);
    }

    [Fact]
    public async Task Another_tenant_finds_and_deletes_nothing()
    {
        await using var subject = await OpenAsync();
        var file = await AddAsync(subject.Store, [1]);

        (await subject.Store.FindAsync("other", file.Id, Token)).ShouldBeNull();
        (await subject.Store.ListAsync("other", Token)).ShouldBeEmpty();
        (await subject.Store.DeleteAsync("other", file.Id, Token)).ShouldBeFalse();
        (await ReadAsync(subject.Store.Open(file))).ShouldBe([1]);
    }

    [Fact]
    public async Task A_file_is_gone_after_its_time()
    {
        await using var subject = await OpenAsync();
        var file = await AddAsync(subject.Store, [1], TimeSpan.FromMinutes(1));

        Time.Advance(TimeSpan.FromSeconds(59));
        (await subject.Store.FindAsync("acme", file.Id, Token)).ShouldNotBeNull();
        Time.Advance(TimeSpan.FromSeconds(1));

        (await subject.Store.FindAsync("acme", file.Id, Token)).ShouldBeNull();
        (await subject.Store.ListAsync("acme", Token)).ShouldBeEmpty();
        (await subject.Store.DeleteAsync("acme", file.Id, Token)).ShouldBeFalse();
    }

    private protected abstract ValueTask<Subject> OpenAsync();

    private protected async Task<StoredFile> AddAsync(IFileStore store, byte[] content, TimeSpan? lifetime = null)
    {
        var now = Time.GetUtcNow();
        var id = StoredFile.NewId(now);
        var bytes = await store.WriteAsync("acme", id, new MemoryStream(content), content.Length, Token);
        var file = new StoredFile { Id = id, Tenant = "acme", Name = "input é.jsonl", Purpose = FilePurpose.Batch, Bytes = bytes!.Value, CreatedAt = now, ExpiresAt = now + lifetime };
        await store.AddAsync(file, Token);
        return file;
    }

    private protected static async Task<byte[]> ReadAsync(Stream stream)
    {
        await using (stream)
        {
            var content = new MemoryStream();
            await stream.CopyToAsync(content, Token);
            return content.ToArray();
        }
    }

    private protected sealed record Subject(IFileStore Store, IAsyncDisposable? Connection = null) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            (Store as IDisposable)?.Dispose();
            return Connection?.DisposeAsync() ?? default;
        }
    }
}
