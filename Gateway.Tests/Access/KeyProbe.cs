using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Access;

/// <summary>Makes keys at one replica, and looks at another whether they are good there.</summary>
internal static class KeyProbe
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>Makes a key and revokes it, and sees each at another replica within a second.</summary>
    public static async Task ShouldBeFollowedByAsync(this GatewayHost one, GatewayHost other)
    {
        var (id, secret) = await one.MakeKeyAsync();
        var made = Stopwatch.GetTimestamp();
        await other.UntilAsync(secret, HttpStatusCode.OK);
        Stopwatch.GetElapsedTime(made).ShouldBeLessThan(Soon);

        await one.RevokeAsync(id);
        var revoked = Stopwatch.GetTimestamp();
        await other.UntilAsync(secret, HttpStatusCode.Unauthorized);
        Stopwatch.GetElapsedTime(revoked).ShouldBeLessThan(Soon);
    }

    public static async Task<(string Id, string Secret)> MakeKeyAsync(this GatewayHost gateway)
    {
        using var admin = gateway.AdminClient();
        using var response = await admin.PostAsJsonAsync("/admin/keys", new { name = "shared" }, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        var key = (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
        return ((string)key["id"]!, (string)key["key"]!);
    }

    public static async Task RevokeAsync(this GatewayHost gateway, string id)
    {
        using var admin = gateway.AdminClient();
        using var revocation = await admin.DeleteAsync($"/admin/keys/{id}", TestContext.Current.CancellationToken);
        revocation.EnsureSuccessStatusCode();
    }

    public static async Task<HttpStatusCode> StatusAsync(this GatewayHost gateway, string secret)
    {
        using var caller = gateway.ClientWith(secret);
        using var response = await caller.GetAsync("/v1/models", TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    // Asking again is the only signal that a caller of the gateway has.
    public static async Task UntilAsync(this GatewayHost gateway, string secret, HttpStatusCode status)
    {
        while (await gateway.StatusAsync(secret) != status)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    public static async Task UntilReadyAsync(this GatewayHost gateway, string status = "ok")
    {
        while (!(await gateway.ReadinessAsync()).Contains($"\"status\":\"{status}\"", StringComparison.Ordinal))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    public static async Task<string> ReadinessAsync(this GatewayHost gateway)
    {
        using var response = await gateway.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
