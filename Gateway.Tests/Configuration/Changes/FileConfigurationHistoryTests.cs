using System.Text.Json;
using Gateway.Api.Configuration.Changes;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Configuration.Changes;

public sealed class FileConfigurationHistoryTests : ConfigurationHistoryConformance, IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("configuration-history-").FullName;
    private readonly List<FileConfigurationHistory> _opened = [];

    [Fact]
    public async Task What_another_process_keeps_is_seen()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());
        await one.TryAddAsync(new ConfigurationVersion(1, "administrator", DateTimeOffset.UnixEpoch, JsonSerializer.SerializeToElement(new { })), TestContext.Current.CancellationToken);

        (await other.ReadNewestAsync(TestContext.Current.CancellationToken))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_a_reason_and_is_not_thrown_away()
    {
        await File.WriteAllTextAsync(Path.Combine(_data, "configuration.json"), "[{", TestContext.Current.CancellationToken);
        var history = await OpenAsync();

        (await Should.ThrowAsync<IOException>(() => history.ReadNewestAsync(TestContext.Current.CancellationToken))).Message.ShouldContain("Mend the file, or move it away.");
    }

    public void Dispose()
    {
        _opened.ForEach(history => history.Dispose());
        Directory.Delete(_data, recursive: true);
    }

    private protected override Task<IConfigurationHistory> OpenAsync()
    {
        _opened.Add(new FileConfigurationHistory(new ConfigurationBuilder().AddInMemoryCollection([new("Data:Directory", _data)]).Build()));
        return Task.FromResult<IConfigurationHistory>(_opened[^1]);
    }
}
