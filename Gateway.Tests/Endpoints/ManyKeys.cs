using System.Text.Json;
using Gateway.Api.Access;
using Gateway.Tests.Hosts;
using Xunit;

namespace Gateway.Tests.Endpoints;

/// <summary>A gateway with ten thousand keys.</summary>
public sealed class ManyKeys : IAsyncLifetime
{
    internal const int Count = 10_000;

    private static readonly DateTimeOffset Made = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("many-keys-");
    private ModelHost _model = null!;
    private GatewayHost _gateway = null!;

    public HttpClient Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var keys = JsonSerializer.SerializeToUtf8Bytes([.. Enumerable.Range(0, Count).Select(Key)], AccessJson.Default.ListApiKey);
        await File.WriteAllBytesAsync(Path.Combine(_data.FullName, "keys.json"), keys, TestContext.Current.CancellationToken);
        _model = await ModelHost.StartAsync();
        _gateway = await GatewayHost.StartAsync(_model, ("Data:Directory", _data.FullName));
        Admin = _gateway.AdminClient();
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await _gateway.DisposeAsync();
        await _model.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private static ApiKey Key(int number) => new()
    {
        Id = $"key_{number:00000}",
        Hash = KeyHash.Of($"sk-gw-{number}").ToString(),
        Prefix = $"sk-gw-{number % 10:00}…",
        Name = $"Team {number % 100:000}",
        Tenant = $"tenant-{number % 5}",
        User = $"ann-{number}",
        CreatedAt = Made,
        RevokedAt = number % 50 == 3 ? Made : null,
        Version = 1,
    };
}
