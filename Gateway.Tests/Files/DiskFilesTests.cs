using Gateway.Api.Files;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Files;

public sealed class DiskFilesTests : FileStoreConformance, IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("disk-files-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task What_was_added_is_there_after_a_restart_and_what_was_only_written_is_not()
    {
        var before = Store();
        var file = await AddAsync(before, [1, 2, 3]);
        await before.WriteAsync("acme", StoredFile.NewId(Time.GetUtcNow()), new MemoryStream([1]), 1, Token);

        var after = Store();

        (await after.ListAsync("acme", Token)).ShouldBe([file]);
        (await ReadAsync(after.Open(file))).ShouldBe([1, 2, 3]);
        Directory.GetFiles(_data.FullName, "*", SearchOption.AllDirectories).Length.ShouldBe(2);
    }

    [Fact]
    public async Task What_has_expired_is_deleted_when_the_next_file_comes()
    {
        var store = Store();
        await AddAsync(store, [1], TimeSpan.FromHours(1));
        Time.Advance(TimeSpan.FromHours(1));

        await AddAsync(store, [2]);

        Directory.GetFiles(_data.FullName, "*", SearchOption.AllDirectories).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_disk_that_takes_no_file_is_not_the_callers_fault()
    {
        var id = StoredFile.NewId(Time.GetUtcNow());
        Directory.CreateDirectory(Path.Combine(_data.FullName, "files", id));

        await Should.ThrowAsync<StoreUnavailableException>(Store().WriteAsync("acme", id, new MemoryStream([1]), 1, Token));
    }

    private protected override ValueTask<Subject> OpenAsync() => new(new Subject(Store()));

    private DiskFiles Store() => new(new ConfigurationBuilder().AddInMemoryCollection([new("Data:Directory", _data.FullName)]).Build(), Time);
}
