namespace Aspire.Hosting.Dashboard;

/// <summary>What the dashboard is told: who may look, who may send telemetry, and where it learns of the resources.</summary>
internal static class DashboardEnvironment
{
    public static IEnumerable<KeyValuePair<string, string>> Of(string browserToken, string otlpApiKey, string resourceServiceApiKey, Uri resourceService) =>
    [
        new("DASHBOARD__FRONTEND__AUTHMODE", "BrowserToken"),
        new("DASHBOARD__FRONTEND__BROWSERTOKEN", browserToken),
        new("DASHBOARD__OTLP__AUTHMODE", "ApiKey"),
        new("DASHBOARD__OTLP__PRIMARYAPIKEY", otlpApiKey),
        new("DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE", "ApiKey"),
        new("DASHBOARD__RESOURCESERVICECLIENT__APIKEY", resourceServiceApiKey),
        new("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", resourceService.GetLeftPart(UriPartial.Authority)),
    ];
}
