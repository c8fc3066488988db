using System.ComponentModel.DataAnnotations;
using Gateway.Api.Limits;
using ServiceDefaults.Network;
using ServiceDefaults.Secrets;

namespace Gateway.Api.Configuration;

/// <summary>Checks a configuration as a whole and names every fault at once, each with its key and what is allowed.</summary>
internal static class GatewayOptionsValidator
{
    /// <param name="chatClients">The names of chat clients that were registered in code.</param>
    public static IReadOnlyList<string> Validate(GatewayOptions options, IReadOnlyCollection<string> chatClients)
    {
        var faults = new List<string>();
        foreach (var (name, provider) in options.Providers)
        {
            ValidateProvider($"Gateway:Providers:{name}", provider, faults);
            ValidateChatClient($"Gateway:Providers:{name}:Type", provider.Type, name, chatClients, faults);
        }

        foreach (var (alias, model) in options.Models)
        {
            ModelOptionsValidator.Validate($"Gateway:Models:{alias}", model, options, faults);
        }

        foreach (var (name, tier) in options.Tiers)
        {
            ValidateAttributes($"Gateway:Tiers:{name}", tier, faults);
            UsageLimitsValidator.ValidateTier($"Gateway:Tiers:{name}", tier, options, faults);
        }

        foreach (var (name, tenant) in options.Tenants)
        {
            ValidateAttributes($"Gateway:Tenants:{name}", tenant, faults);
        }

        foreach (var (alias, limits) in options.Models.Where(model => model.Value.Limits is not null).Select(model => (model.Key, model.Value.Limits!)))
        {
            ValidateAttributes($"Gateway:Models:{alias}:Limits", limits, faults);
        }

        for (var i = 0; i < options.CostControl.Count; i++)
        {
            UsageLimitsValidator.ValidateRule($"Gateway:CostControl:{i}", options.CostControl[i], options, faults);
        }

        ValidateAttributes("Gateway:Budgets", options.Budgets, faults);
        UsageLimitsValidator.ValidateBudgets("Gateway:Budgets", options.Budgets, faults);
        ValidatePassThrough(options, faults);
        ValidateAttributes("Gateway:Limits", options.Limits, faults);
        TimeRules.Check("Gateway:Limits", options.Limits.RequestTimeoutSeconds, options.Limits.FirstTokenTimeoutSeconds, options.Limits.FallbackReserveSeconds, faults);
        ValidateAttributes("Gateway:Responses", options.Responses, faults);
        ValidateAttributes("Gateway:Cache", options.Cache, faults);
        ValidateAttributes("Gateway:Cache:Semantic", options.Cache.Semantic, faults);
        if (options.Cache.Semantic.Embeddings is { Length: > 0 } embeddings && !options.Models.ContainsKey(embeddings))
        {
            faults.Add($"Gateway:Cache:Semantic:Embeddings is '{embeddings}'; allowed: {string.Join(", ", options.Models.Keys.Order())}, or none.");
        }

        ValidateAttributes("Gateway:Grouping", options.Grouping, faults);
        ValidateAttributes("Gateway:Files", options.Files, faults);
        ValidateAttributes("Gateway:Batches", options.Batches, faults);
        foreach (var (name, server) in options.McpServers)
        {
            McpServerOptionsValidator.Validate($"Gateway:McpServers:{name}", name, server, faults);
            ValidateReference($"Gateway:McpServers:{name}:ApiKey", server.ApiKey, faults);
        }

        RangeRules.Check("Gateway:ToolLoop", options.ToolLoop, faults);
        ValidateReference("Gateway:Access:AdminKey", options.Access.AdminKey, faults);
        for (var i = 0; i < options.Access.TrustedProxies.Count; i++)
        {
            if (!ClientAddresses.TryReadRange(options.Access.TrustedProxies[i], out _))
            {
                faults.Add($"Gateway:Access:TrustedProxies:{i} is '{options.Access.TrustedProxies[i]}'; it must be an address or a range such as 10.0.0.0/8.");
            }
        }

        CorsOptionsValidator.Validate(options.Cors, faults);
        FlagOptionsValidator.Validate(options.Flags, faults);
        ExperimentOptionsValidator.Validate(options, faults);
        ValidateAttributes("Gateway:Feedback", options.Feedback, faults);
        return faults;
    }

    private static void ValidateProvider(string key, ProviderOptions provider, List<string> faults)
    {
        if (!ProviderTypes.All.Contains(provider.Type))
        {
            faults.Add($"{key}:Type is '{provider.Type}'; allowed: {string.Join(", ", ProviderTypes.All)}.");
        }

        if (provider.Type is not (ProviderTypes.Bedrock or ProviderTypes.ChatClient) || provider.BaseUrl.Length > 0)
        {
            ValidateAddress(key, provider, faults);
        }

        ValidateReference($"{key}:ApiKey", provider.ApiKey, faults);
        if (provider.Type == ProviderTypes.Bedrock)
        {
            ValidateRegion(key, provider, faults);
        }
    }

    private static void ValidateChatClient(string key, string type, string name, IReadOnlyCollection<string> chatClients, List<string> faults)
    {
        var isRegistered = chatClients.Contains(name);
        if (type == ProviderTypes.ChatClient && !isRegistered)
        {
            faults.Add($"{key} is '{type}', and no chat client is registered in code under '{name}'; registered: {(chatClients.Count > 0 ? string.Join(", ", chatClients.Order()) : "none")}.");
        }
        else if (type != ProviderTypes.ChatClient && isRegistered)
        {
            faults.Add($"{key} is '{type}', and a chat client is registered in code under the same name; allowed: {ProviderTypes.ChatClient}, or another name for one of them.");
        }
    }

    private static void ValidatePassThrough(GatewayOptions options, List<string> faults)
    {
        var allowed = options.Providers.Where(provider => provider.Value.Type == ProviderTypes.OpenAI).Select(provider => provider.Key);
        if (!string.IsNullOrEmpty(options.PassThrough) && !allowed.Contains(options.PassThrough))
        {
            faults.Add($"Gateway:PassThrough is '{options.PassThrough}'; allowed: {string.Join(", ", allowed.Order())}, which are the providers of type {ProviderTypes.OpenAI}, or none.");
        }
    }

    private static void ValidateRegion(string key, ProviderOptions provider, List<string> faults)
    {
        if (string.IsNullOrEmpty(provider.Region) && provider.BaseUrl.Length == 0)
        {
            faults.Add($"{key}:Region is missing; it must be an AWS region such as eu-central-1, or env:AWS_REGION, or else {key}:BaseUrl must be set.");
        }
        else if (!string.IsNullOrEmpty(provider.Region) && !AwsRegion.IsValid(provider.Region))
        {
            faults.Add($"{key}:Region is '{provider.Region}'; it must be an AWS region such as eu-central-1, or env:AWS_REGION.");
        }
    }

    private static void ValidateAddress(string key, ProviderOptions provider, List<string> faults)
    {
        if (!Uri.TryCreate(provider.BaseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            faults.Add($"{key}:BaseUrl is '{provider.BaseUrl}'; it must be an absolute http or https address.");
        }
        else if (url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            faults.Add($"{key}:BaseUrl must hold no query, fragment or credentials.");
        }
        else if (url.Scheme == "http" && !provider.AllowInsecure && !NetworkAddresses.IsPrivate(url))
        {
            faults.Add($"{key}:BaseUrl is plain HTTP to a host that is neither loopback nor private ('{url.Host}'); use https, or set {key}:AllowInsecure.");
        }
    }

    private static void ValidateReference(string key, string? reference, List<string> faults)
    {
        if (!string.IsNullOrEmpty(reference) && !SecretReference.IsValid(reference))
        {
            // The value itself is not shown: it may be a secret that somebody put where its reference belongs.
            faults.Add($"{key} must be a reference of the form {SecretReference.Forms}, never the secret itself.");
        }
    }

    public static void ValidateAttributes(string key, object section, List<string> faults)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(section, new ValidationContext(section), results, validateAllProperties: true);
        faults.AddRange(results.Select(result => $"{key}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}"));
    }
}
