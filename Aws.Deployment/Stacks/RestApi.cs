using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amazon.CDK;
using Amazon.CDK.AWS.APIGateway;
using Amazon.CDK.AWS.Lambda;
using Aws.Deployment.Configuration;
using Constructs;
using ApiResource = Amazon.CDK.AWS.APIGateway.CfnResource;
using ApiResourceProps = Amazon.CDK.AWS.APIGateway.CfnResourceProps;
using CfnResource = Amazon.CDK.CfnResource;

namespace Aws.Deployment.Stacks;

/// <summary>The regional REST API before the gateway on Lambda. It hands everything on and streams what comes back; paths and errors are the gateway's matter.</summary>
internal sealed class RestApi : Construct
{
    public const string StageName = "live";

    private const string TlsPolicy = "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09";
    private const string Strict = "STRICT";

    private readonly DeploymentOptions _options;
    private readonly CfnRestApi _api;
    private readonly string _uri;

    public RestApi(Construct scope, DeploymentOptions options, GatewayFunction function, Name? name)
        : base(scope, "Api")
    {
        _options = options;
        _uri = $"arn:aws:apigateway:{Stack.Of(this).Region}:lambda:path/2021-11-15/functions/{function.Function.AttrArn}/response-streaming-invocations";
        _api = new CfnRestApi(this, "Api", new CfnRestApiProps
        {
            Name = options.Prefix,
            Description = "OpenAI-compatible API of the AI Model Gateway",
            EndpointConfiguration = new CfnRestApi.EndpointConfigurationProperty { Types = ["REGIONAL"] },
            BinaryMediaTypes = ["*/*"],
            DisableExecuteApiEndpoint = name is not null,
        });
        _api.AddPropertyOverride("SecurityPolicy", TlsPolicy);
        _api.AddPropertyOverride("EndpointAccessMode", Strict);
        AllowInvocation(function);

        // Paths of their own would need each method of theirs, CORS's questions too.
        var everything = new ApiResource(this, "Path", new ApiResourceProps { RestApiId = _api.Ref, ParentId = _api.AttrRootResourceId, PathPart = "{path+}" });
        CfnMethod[] methods = [AddMethod("Root", _api.AttrRootResourceId), AddMethod("Everything", everything.Ref)];
        var replies = new GatewayReplies(this, _api.Ref);
        Stage = AddStage(methods, replies);
        AddUsagePlan();
        HostName = $"{_api.Ref}.execute-api.{Stack.Of(this).Region}.amazonaws.com";
        BaseUrl = name is null ? $"https://{HostName}/{StageName}" : AddName(name);
    }

    /// <summary>Without a slash at its end.</summary>
    public string BaseUrl { get; }

    /// <summary>The API's own, of no use where there is a domain.</summary>
    public string HostName { get; }

    public CfnStage Stage { get; }

    public string StageArn => $"arn:aws:apigateway:{Stack.Of(this).Region}::/restapis/{_api.Ref}/stages/{StageName}";

    /// <summary>As metrics call it.</summary>
    public string Name => _options.Prefix;

    private CfnMethod AddMethod(string id, string resource)
    {
        var method = new CfnMethod(this, id, new CfnMethodProps
        {
            RestApiId = _api.Ref,
            ResourceId = resource,
            HttpMethod = "ANY",
            AuthorizationType = "NONE",
            Integration = new CfnMethod.IntegrationProperty
            {
                Type = "AWS_PROXY",
                IntegrationHttpMethod = "POST",
                Uri = _uri,
                TimeoutInMillis = _options.Gateway.TimeoutSeconds * 1000,
            },
        });
        method.AddPropertyOverride("Integration.ResponseTransferMode", "STREAM");
        return method;
    }

    private CfnStage AddStage(CfnMethod[] methods, GatewayReplies replies)
    {
        // A deployment is a picture of the API at its time: a changed API needs a new one, so its name follows what the API is.
        var shape = JsonSerializer.Serialize(new { Version = 1, _options.Gateway.TimeoutSeconds, TlsPolicy, GatewayReplies.Shape });
        var deployment = new CfnDeployment(this, $"Deployment{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(shape)).AsSpan(0, 6))}", new CfnDeploymentProps { RestApiId = _api.Ref });
        foreach (var part in methods.Concat<CfnResource>(replies.All))
        {
            deployment.AddDependency(part);
        }

        return new CfnStage(this, "Stage", new CfnStageProps
        {
            RestApiId = _api.Ref,
            StageName = StageName,
            DeploymentId = deployment.Ref,
            MethodSettings = new[]
            {
                new CfnStage.MethodSettingProperty
                {
                    ResourcePath = "/*", HttpMethod = "*", MetricsEnabled = true,
                    ThrottlingRateLimit = _options.Gateway.RequestsPerSecond, ThrottlingBurstLimit = _options.Gateway.Burst,
                },
            },
        });
    }

    private void AddUsagePlan() => _ = new CfnUsagePlan(this, "UsagePlan", new CfnUsagePlanProps
    {
        UsagePlanName = _options.Prefix,
        Description = "For keys of API Gateway, where a caller is to have one besides the gateway's own",
        ApiStages = new[] { new CfnUsagePlan.ApiStageProperty { ApiId = _api.Ref, Stage = Stage.Ref } },
        Throttle = new CfnUsagePlan.ThrottleSettingsProperty { RateLimit = _options.Gateway.RequestsPerSecond, BurstLimit = _options.Gateway.Burst },
        Quota = new CfnUsagePlan.QuotaSettingsProperty { Limit = _options.Gateway.RequestsPerMonth, Period = "MONTH" },
    });

    private string AddName(Name name)
    {
        var domain = new CfnDomainName(this, "Domain", new CfnDomainNameProps
        {
            DomainName = name.Domain,
            RegionalCertificateArn = name.Certificate,
            EndpointConfiguration = new CfnDomainName.EndpointConfigurationProperty { Types = ["REGIONAL"] },
            SecurityPolicy = TlsPolicy,
        });
        domain.AddPropertyOverride("EndpointAccessMode", Strict);
        _ = new CfnBasePathMapping(this, "Mapping", new CfnBasePathMappingProps { DomainName = domain.Ref, RestApiId = _api.Ref, Stage = Stage.Ref });
        name.LeadTo(domain.AttrRegionalDomainName, domain.AttrRegionalHostedZoneId);
        return $"https://{name.Domain}";
    }

    private void AllowInvocation(GatewayFunction function)
    {
        var stack = Stack.Of(this);
        _ = new CfnPermission(this, "Invocation", new CfnPermissionProps
        {
            Action = "lambda:InvokeFunction",
            FunctionName = function.Function.AttrArn,
            Principal = "apigateway.amazonaws.com",
            SourceAccount = stack.Account,
            SourceArn = $"arn:aws:execute-api:{stack.Region}:{stack.Account}:{_api.Ref}/*",
        });
    }
}
