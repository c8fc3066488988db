using Gateway.Api.Access;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Access;

public sealed class KeyFileTests : KeyRepositoryConformance, IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("key-file-").FullName;

    [Fact]
    public async Task A_file_that_cannot_be_written_makes_no_change()
    {
        var repository = await OpenAsync();
        Directory.CreateDirectory(Path.Combine(_data, "keys.json.new"));
        var key = Key() with { Version = 1 };

        await Should.ThrowAsync<KeysUnavailableException>(() => repository.TrySaveAsync(key, Token));

        (await repository.ReadAsync(key.Id, Token)).ShouldBeNull();
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private protected override async Task<IKeyRepository> OpenAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Data:Directory", _data)]).Build();
        var repository = new KeyFile(configuration, NullLogger<KeyFile>.Instance);
        await repository.ReadAllAsync(Token);
        return repository;
    }
}
