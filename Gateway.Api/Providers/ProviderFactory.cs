using Gateway.Api.Configuration;
using Gateway.Api.Providers.Bedrock;
using Gateway.Api.Providers.ChatClients;
using Gateway.Api.Providers.OpenAI;
using Gateway.Api.Telemetry;
using ServiceDefaults.Aws;
using ServiceDefaults.Telemetry;

namespace Gateway.Api.Providers;

/// <summary>Makes providers of every type from their configuration.</summary>
internal sealed partial class ProviderFactory(
    LiveConfiguration configuration, IConfiguration settings, IEnumerable<ChatClientRegistration> chatClients, IServiceProvider services,
    GatewayMetrics metrics, TimeProvider time, ILoggerFactory loggers, ILogger<ProviderFactory> logger)
{
    private const string BedrockKeyVariable = "AWS_BEARER_TOKEN_BEDROCK";

    private readonly bool _exportsTraces = settings.ExportsTelemetry();

    /// <summary>What the provider's client is made from.</summary>
    public object SettingsOf(string name, ProviderOptions provider, GatewayOptions options)
    {
        if (provider.Type == ProviderTypes.ChatClient)
        {
            return chatClients.Single(client => client.Name == name);
        }

        var credential = configuration.Secret(provider.ApiKey);
        var connectTimeout = TimeSpan.FromSeconds(options.Limits.ConnectTimeoutSeconds);
        if (provider.Type == ProviderTypes.Bedrock)
        {
            return BedrockSettingsOf(provider, credential, options.Access.BedrockPassThrough, connectTimeout);
        }

        return new ProviderSettings(new Uri(provider.BaseUrl), credential, connectTimeout, provider.StreamOptions, _exportsTraces)
        {
            MissingCredential = credential is null && !string.IsNullOrEmpty(provider.ApiKey) ? provider.ApiKey : null,
        };
    }

    /// <param name="changed">Called when the provider has become usable, or is no longer.</param>
    public IProvider Create(string name, object providerSettings, Action changed) => providerSettings switch
    {
        BedrockSettings bedrock => CreateBedrock(name, bedrock, changed),
        ChatClientRegistration client => new ChatClientProvider(name, client.Create(services), metrics, time, loggers.CreateLogger<ChatClientProvider>()),
        _ => CreateOpenAI(name, (ProviderSettings)providerSettings),
    };

    private OpenAIProvider CreateOpenAI(string name, ProviderSettings openAI)
    {
        if (openAI.MissingCredential is { } reference)
        {
            LogUnavailable(name, reference);
        }

        return new OpenAIProvider(name, openAI);
    }

    private BedrockSettings BedrockSettingsOf(ProviderOptions provider, string? credential, bool takesCallersTokens, TimeSpan connectTimeout)
    {
        var region = AwsRegion.Resolve(provider.Region, settings);
        var address = provider.BaseUrl.Length > 0 ? provider.BaseUrl : $"https://bedrock-runtime.{region}.amazonaws.com{(region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "")}";
        var apiKey = credential ?? (settings[BedrockKeyVariable] is { Length: > 0 } key ? key.Trim() : null);
        return new BedrockSettings(new Uri(address), region, apiKey, provider.UseAwsCredentials, takesCallersTokens, provider.FetchImages, connectTimeout, _exportsTraces);
    }

    private BedrockProvider CreateBedrock(string name, BedrockSettings bedrock, Action changed)
    {
        AwsCredentialSource? credentials = null;
        if (bedrock is { ApiKey: null, UsesAwsCredentials: true })
        {
            credentials = new AwsCredentialSource(new AwsCredentialChain(settings).FindAsync, time, loggers.CreateLogger<AwsCredentialSource>());
            credentials.Changed += changed;
            credentials.Start();
        }

        var provider = new BedrockProvider(name, bedrock, credentials, metrics, time, loggers.CreateLogger<BedrockProvider>());
        // Where there may be AWS credentials, whoever looks for them says so if there are none.
        if (provider.Problem is not null && credentials is null)
        {
            LogNoCredentials(name, bedrock.TakesCallersTokens ? "only for callers who bring a Bedrock API key of their own" : "not");
        }

        return provider;
    }

    [LoggerMessage(LogLevel.Information, "Provider {Provider} is not used: {Reference} leads to no credential.")]
    private partial void LogUnavailable(string provider, string reference);

    [LoggerMessage(LogLevel.Information, "Provider {Provider} is used {Extent}: it has no API key, and is told not to use AWS credentials. Set AWS_BEARER_TOKEN_BEDROCK.")]
    private partial void LogNoCredentials(string provider, string extent);
}
