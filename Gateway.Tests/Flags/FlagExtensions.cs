using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Flags;

/// <summary>Flags as an administrator switches them.</summary>
internal static class FlagExtensions
{
    public static async Task<JsonObject> SwitchAsync(this GatewayHost gateway, string flag, object state)
    {
        using var admin = gateway.AdminClient();
        using var response = await admin.PutAsJsonAsync($"/admin/flags/{flag}", state, TestContext.Current.CancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
    }

    public static async Task<JsonObject> FlagAsync(this GatewayHost gateway, string flag)
    {
        using var admin = gateway.AdminClient();
        return (await admin.GetFromJsonAsync<JsonObject>($"/admin/flags/{flag}", TestContext.Current.CancellationToken))!;
    }
}
