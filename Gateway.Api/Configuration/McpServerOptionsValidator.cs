using System.Text.RegularExpressions;
using ServiceDefaults.Network;

namespace Gateway.Api.Configuration;

/// <summary>Checks one MCP server: its name, its address, its numbers.</summary>
internal static partial class McpServerOptionsValidator
{
    public static void Validate(string key, string name, McpServerOptions server, List<string> faults)
    {
        if (!Name().IsMatch(name))
        {
            faults.Add($"{key} is no name of an MCP server; it must be 1 to 32 letters, digits, '-' and '_'.");
        }

        RangeRules.Check(key, server, faults);
        if (!string.IsNullOrEmpty(server.Url))
        {
            ValidateAddress(key, server, faults);
        }
    }

    private static void ValidateAddress(string key, McpServerOptions server, List<string> faults)
    {
        if (!Uri.TryCreate(server.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            faults.Add($"{key}:Url is '{server.Url}'; it must be an absolute http or https address.");
        }
        else if (url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            faults.Add($"{key}:Url must hold no fragment or credentials.");
        }
        else if (url.Scheme == "http" && !server.AllowInsecure && !NetworkAddresses.IsPrivate(url))
        {
            faults.Add($"{key}:Url is plain HTTP to a host that is neither loopback nor private ('{url.Host}'); use https, or set {key}:AllowInsecure.");
        }
    }

    // A part of the names that models are given.
    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,32}\z")]
    private static partial Regex Name();
}
