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

    [Fact]
    public async Task A_key_that_an_earlier_version_kept_is_read_and_good()
    {
        var hash = KeyHash.Of("sk-gw-old");
        await File.WriteAllTextAsync(
            Path.Combine(_data, "keys.json"),
            $$"""[{"id":"key_1","hash":"{{hash}}","prefix":"sk-gw-o","name":"old","tenant":"default","created_at":"2026-11-21T06:21:00+00:00"}]""", Token);

        var keys = new KeyStore(await OpenAsync());
        await keys.LoadAsync(Token);

        keys.FindCaller(hash)!.Key!.MayUse("phi-3-mini").ShouldBeTrue();
        (await keys.ChangeAsync("key_1", key => key with { Name = "older" }, Token))!.After.Version.ShouldBe(1);
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
