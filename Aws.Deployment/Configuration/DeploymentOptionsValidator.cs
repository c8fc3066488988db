using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net.Mail;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Aws.Deployment.Configuration;

/// <summary>Finds all faults at once, each with its key and what is allowed.</summary>
internal static partial class DeploymentOptionsValidator
{
    private const int LongestDomain = 240;

    // Those of which half, as processor units, is a size that Fargate has.
    private static readonly int[] FargateMemory = [1024, 2048, 4096, 8192];

    public static IReadOnlyList<string> Validate(DeploymentOptions options)
    {
        var faults = new List<string>();
        CheckIdentity(options, faults);
        CheckNetwork(options.Network, faults);
        CheckInference(options, faults);
        CheckGateway(options.Gateway, faults);
        if (options.Gateway.Compute == Computes.Fargate && options.Domain is null)
        {
            faults.Add($"Gateway:Compute is '{options.Gateway.Compute}', and there is no domain; allowed: {Computes.Lambda}, or {Computes.Fargate} with --domain DOMAIN: the load balancer's certificate needs a name.");
        }

        CheckRanges("Cost", options.Cost, faults);
        CheckOneOf("Cost:Mode", options.Cost.Mode, CostModes.Known, faults);
        CheckRanges("Monitoring", options.Monitoring, faults);
        if (options.Monitoring.Email is { } email && !MailAddress.TryCreate(email, out _))
        {
            faults.Add($"Monitoring:Email is '{email}'; allowed: an address such as oncall@example.com, or none.");
        }

        return faults;
    }

    private static void CheckIdentity(DeploymentOptions options, List<string> faults)
    {
        if (!Name().IsMatch(options.Name))
        {
            faults.Add($"Name is '{options.Name}', of {options.Name.Length} characters; allowed: 2 to 20 lower-case letters, digits and dashes, the first a letter, the last no dash.");
        }

        CheckOneOf("Environment", options.Environment, Environments.Known, faults);
        CheckOneOf("Region", options.Region, Regions.Known, faults);
        if (options.Account is { } account && !AccountNumber().IsMatch(account))
        {
            faults.Add($"Account is '{account}'; allowed: the 12 digits of an AWS account, or none.");
        }

        if (options.Domain is { } domain && (domain.Length > LongestDomain || !DomainName().IsMatch(domain)))
        {
            faults.Add($"Domain is '{domain}'; allowed: a domain of up to {LongestDomain} characters such as example.com, without https:// and without a path.");
        }
    }

    private static void CheckNetwork(NetworkOptions network, List<string> faults)
    {
        CheckRanges("Network", network, faults);
        CheckAtMost("Network:NatGateways", network.NatGateways, "Network:Zones", network.Zones, faults);
        CheckAtMost("Network:EndpointZones", network.EndpointZones, "Network:Zones", network.Zones, faults);
        if (!PrivateRange().IsMatch(network.Cidr))
        {
            faults.Add($"Network:Cidr is '{network.Cidr}'; allowed: a private range of 65,536 addresses, 10.0.0.0/16 to 10.255.0.0/16, 172.16.0.0/16 to 172.31.0.0/16 or 192.168.0.0/16.");
        }
    }

    private static void CheckInference(DeploymentOptions options, List<string> faults)
    {
        var inference = options.Inference;
        CheckRanges("Inference", inference, faults);
        CheckAtMost("Inference:MinInstances", inference.MinInstances, "Inference:MaxInstances", inference.MaxInstances, faults);
        CheckOneOf("Inference:Gpu", inference.Gpu, [GpuTypes.None, .. GpuTypes.Known], faults);
        if (!ModelName().IsMatch(inference.Model))
        {
            faults.Add($"Inference:Model is '{inference.Model}'; allowed: OWNER/MODEL, such as microsoft/Phi-3-mini-4k-instruct.");
        }

        if (inference.MachineImage is { } image && !MachineImage().IsMatch(image))
        {
            faults.Add($"Inference:MachineImage is '{image}'; allowed: an image's id such as ami-0123456789abcdef0, or none.");
        }

        if (GpuTypes.Known.Contains(inference.Gpu) && options.Domain is null)
        {
            faults.Add($"Inference:Gpu is '{inference.Gpu}', and there is no domain; allowed: {GpuTypes.None}, or any with --domain DOMAIN: the model server's load balancer speaks HTTPS alone, and its certificate needs a name.");
        }
    }

    private static void CheckGateway(GatewayOptions gateway, List<string> faults)
    {
        CheckRanges("Gateway", gateway, faults);
        CheckOneOf("Gateway:Compute", gateway.Compute, Computes.Known, faults);
        CheckAtMost("Gateway:MinTasks", gateway.MinTasks, "Gateway:MaxTasks", gateway.MaxTasks, faults);
        if (gateway.Compute == Computes.Fargate && !FargateMemory.Contains(gateway.MemoryMegabytes))
        {
            faults.Add($"Gateway:MemoryMegabytes is {gateway.MemoryMegabytes}; allowed on Fargate: {string.Join(", ", FargateMemory)}.");
        }

        foreach (var vendor in gateway.BedrockVendors.Where(vendor => !Vendor().IsMatch(vendor)))
        {
            faults.Add($"Gateway:BedrockVendors has '{vendor}'; allowed: how ids of Bedrock's models begin, such as anthropic.");
        }
    }

    private static void CheckRanges(string key, object section, List<string> faults)
    {
        foreach (var property in section.GetType().GetProperties())
        {
            if (property.GetCustomAttribute<RangeAttribute>() is { } range && property.GetValue(section) is { } value && !range.IsValid(value))
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{key}:{property.Name} is {value}; allowed: {range.Minimum} to {range.Maximum}."));
            }
        }
    }

    private static void CheckOneOf(string key, string value, IReadOnlyList<string> known, List<string> faults)
    {
        if (!known.Contains(value))
        {
            faults.Add($"{key} is '{value}'; allowed: {string.Join(", ", known)}.");
        }
    }

    private static void CheckAtMost(string key, int value, string boundKey, int bound, List<string> faults)
    {
        if (value > bound)
        {
            faults.Add($"{key} is {value}; allowed: at most {boundKey}, which is {bound}.");
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,18}[a-z0-9]\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])\z")]
    private static partial Regex DomainName();

    [GeneratedRegex(@"^(10\.(25[0-5]|2[0-4]\d|1?\d?\d)|172\.(1[6-9]|2\d|3[01])|192\.168)\.0\.0/16\z")]
    private static partial Regex PrivateRange();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*\z")]
    private static partial Regex ModelName();

    [GeneratedRegex(@"^ami-([0-9a-f]{8}|[0-9a-f]{17})\z")]
    private static partial Regex MachineImage();

    [GeneratedRegex("^[0-9]{12}$")]
    private static partial Regex AccountNumber();

    [GeneratedRegex(@"^[a-z0-9-]+\z")]
    private static partial Regex Vendor();
}
