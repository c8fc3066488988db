using Gateway.Api.Access;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Access;

public sealed class KeyStoreTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly HeldRepository _repository = new(Key("old"));
    private readonly KeyStore _keys;

    public KeyStoreTests() => _keys = new KeyStore(_repository);

    [Fact]
    public async Task A_key_made_while_all_keys_are_being_read_is_kept_beside_those_that_were_read()
    {
        var loading = _keys.LoadAsync(TestContext.Current.CancellationToken);
        await _repository.ReadBegun.WaitAsync(Soon, TimeProvider.System, TestContext.Current.CancellationToken);
        await _keys.AddAsync(Key("made meanwhile"), TestContext.Current.CancellationToken);
        _repository.EndRead();
        await loading;

        _keys.All.Select(key => key.Id).ShouldBe(["made meanwhile", "old"]);
        _keys.FindCaller(KeyHash.Of("made meanwhile")).ShouldNotBeNull();
        _keys.FindCaller(KeyHash.Of("old")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_key_revoked_while_all_keys_are_being_read_stays_revoked()
    {
        _keys.Apply(Key("old"));
        var loading = _keys.LoadAsync(TestContext.Current.CancellationToken);
        await _repository.ReadBegun.WaitAsync(Soon, TimeProvider.System, TestContext.Current.CancellationToken);
        await _keys.ChangeAsync("old", key => key with { RevokedAt = DateTimeOffset.UnixEpoch }, TestContext.Current.CancellationToken);
        _repository.EndRead();
        await loading;

        _keys.All.ShouldHaveSingleItem().RevokedAt.ShouldNotBeNull();
    }

    private static ApiKey Key(string id) => new() { Id = id, Hash = KeyHash.Of(id).ToString(), Prefix = "sk-gw-", Name = id, CreatedAt = DateTimeOffset.UnixEpoch };

    /// <summary>Has taken down what it will answer, and answers when it is told to.</summary>
    private sealed class HeldRepository(params ApiKey[] kept) : IKeyRepository
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task ReadBegun => _begun.Task;

        public void EndRead() => _end.SetResult();

        public async Task<IReadOnlyList<ApiKey>> ReadAllAsync(CancellationToken cancellationToken)
        {
            _begun.SetResult();
            await _end.Task.WaitAsync(cancellationToken);
            return kept;
        }

        public Task<ApiKey?> ReadAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Array.Find(kept, key => key.Id == id));

        public Task<bool> TrySaveAsync(ApiKey key, CancellationToken cancellationToken) => Task.FromResult(true);
    }
}
