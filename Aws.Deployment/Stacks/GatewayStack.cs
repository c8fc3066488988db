using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>The gateway and what stands before it: on Lambda a REST API, on Fargate a load balancer; a firewall either way, and a name where there is a domain.</summary>
internal sealed class GatewayStack : ConcernStack
{
    public const int Port = 8080;

    public GatewayStack(Construct scope, DeploymentOptions options, NetworkStack network, StateStack state, string packages)
        : base(scope, options, "gateway", $"the gateway on {options.Gateway.Compute}")
    {
        var name = options.GatewayDomain is { } domain ? new Name(this, domain) : null;
        Log = Logs.Group(this, "Log", options, "gateway").Ref;
        var firewall = new Firewall(this, options);
        if (options.Gateway.IsLambda)
        {
            Function = new GatewayFunction(this, options, network, state, Log, packages);
            Api = new RestApi(this, options, Function, name);
            firewall.Guard(Api.StageArn).AddDependency(Api.Stage);
            BaseUrl = Api.BaseUrl;
        }
        else
        {
            Service = new GatewayService(this, options, network, state, Log, name!);
            firewall.Guard(Service.BalancerArn);
            BaseUrl = $"https://{options.GatewayDomain}";
        }

        Output("Url", "Where the gateway is.", BaseUrl);
        Output("OpenAIBaseUrl", "What OpenAI clients take as their base URL.", $"{BaseUrl}/v1");
    }

    /// <summary>Without a slash at its end.</summary>
    public string BaseUrl { get; }

    public string Log { get; }

    /// <summary>On Lambda.</summary>
    public GatewayFunction? Function { get; }

    /// <summary>On Lambda.</summary>
    public RestApi? Api { get; }

    /// <summary>On Fargate.</summary>
    public GatewayService? Service { get; }
}
