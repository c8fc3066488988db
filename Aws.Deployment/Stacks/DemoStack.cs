using Amazon.CDK.AWS.CloudFront;
using Amazon.CDK.AWS.S3;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>
/// The demo page: static files in S3 behind CloudFront, and the gateway's <c>/v1</c> on the same domain, with the demo key added on the way.
/// Where the console is wanted, what that calls is on the domain too, with whatever credential its user has, and never with the demo key.
/// With a domain it is in the one region where certificates of CloudFront can be, and refers to the gateway by its name.
/// </summary>
internal sealed class DemoStack : ConcernStack
{
    // AWS's own policies: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
    private const string CacheWell = "658327ea-f89d-4fab-a63d-7e88639e58f6";
    private const string NeverCache = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
    private const string AllButHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

    private const string Files = "files";
    private const string Gateway = "gateway";
    private const string GatewayAsAsked = "gateway-as-asked";
    private const int LongestWaitSeconds = 60;

    private static readonly string[] ConsolePaths = ["/admin/*", "/schema/*", "/mcp/*"];

    public DemoStack(Construct scope, DeploymentOptions options, GatewayStack gateway)
        : base(scope, options, "demo", "the demo page", options.DemoDomain is null ? null : Regions.Edge)
    {
        var name = options.DemoDomain is { } domain ? new Name(this, domain) : null;
        var bucket = Buckets.Private(this, "Bucket", options, "demo");
        var access = new CfnOriginAccessControl(this, "Access", new CfnOriginAccessControlProps
        {
            OriginAccessControlConfig = new CfnOriginAccessControl.OriginAccessControlConfigProperty
            {
                Name = $"{options.Prefix}-demo", OriginAccessControlOriginType = "s3", SigningBehavior = "always", SigningProtocol = "sigv4",
            },
        });
        var distribution = new CfnDistribution(this, "Distribution", new CfnDistributionProps
        {
            DistributionConfig = new CfnDistribution.DistributionConfigProperty
            {
                Comment = $"{options.Prefix} demo",
                Enabled = true,
                HttpVersion = "http2and3",
                Ipv6Enabled = true,
                PriceClass = "PriceClass_100",
                DefaultRootObject = "index.html",
                Aliases = name is null ? null : [name.Domain],
                ViewerCertificate = name is null ? null : new CfnDistribution.ViewerCertificateProperty
                {
                    AcmCertificateArn = name.Certificate, SslSupportMethod = "sni-only", MinimumProtocolVersion = "TLSv1.2_2021",
                },
                Origins = (CfnDistribution.OriginProperty[])
                [
                    FilesOrigin(bucket, access),
                    GatewayOrigin(Gateway, options, gateway, DemoKey(options)),
                    .. options.Demo.Console ? [GatewayOrigin(GatewayAsAsked, options, gateway)] : Array.Empty<CfnDistribution.OriginProperty>(),
                ],
                DefaultCacheBehavior = FilesBehavior(options),
                CacheBehaviors = (CfnDistribution.CacheBehaviorProperty[])
                [
                    GatewayBehavior("/v1/*", Gateway), .. options.Demo.Console ? ConsolePaths.Select(path => GatewayBehavior(path, GatewayAsAsked)) : [],
                ],
            },
        });
        Buckets.RefusePlainHttp(this, bucket, Read(bucket, distribution));
        name?.LeadTo(distribution.AttrDomainName, "Z2FDTNDATAQYW2", isDualStack: true);

        Output("Url", "Where the demo page is.", $"https://{name?.Domain ?? distribution.AttrDomainName}/");
        Output("BucketName", "Where its files go.", bucket.Ref);
        Output("DistributionId", "What has to forget old files.", distribution.Ref);
    }

    private static CfnDistribution.OriginProperty FilesOrigin(CfnBucket bucket, CfnOriginAccessControl access) => new()
    {
        Id = Files,
        DomainName = bucket.AttrRegionalDomainName,
        OriginAccessControlId = access.AttrId,
        S3OriginConfig = new CfnDistribution.S3OriginConfigProperty { OriginAccessIdentity = "" },
    };

    private static CfnDistribution.OriginProperty GatewayOrigin(string id, DeploymentOptions options, GatewayStack gateway, params CfnDistribution.OriginCustomHeaderProperty[] headers) => new()
    {
        Id = id,
        DomainName = options.GatewayDomain ?? gateway.Api!.HostName,
        OriginPath = options.GatewayDomain is null ? $"/{RestApi.StageName}" : "",
        CustomOriginConfig = new CfnDistribution.CustomOriginConfigProperty
        {
            OriginProtocolPolicy = "https-only", OriginSslProtocols = ["TLSv1.2"], HttpsPort = SecurityGroups.Https, OriginReadTimeout = LongestWaitSeconds, OriginKeepaliveTimeout = LongestWaitSeconds,
        },
        OriginCustomHeaders = headers.Length == 0 ? null : headers,
    };

    // The key is never in the browser: CloudFront puts it in place of whatever a visitor sends.
    private static CfnDistribution.OriginCustomHeaderProperty DemoKey(DeploymentOptions options) => new()
    {
        HeaderName = "Authorization", HeaderValue = $"Bearer {{{{resolve:secretsmanager:{Secrets.Demo(options)}:SecretString:{Secrets.DemoKey}}}}}",
    };

    private CfnDistribution.DefaultCacheBehaviorProperty FilesBehavior(DeploymentOptions options)
    {
        var folders = new CfnFunction(this, "Folders", new CfnFunctionProps
        {
            Name = $"{options.Prefix}-demo-folders",
            AutoPublish = true,
            FunctionCode = DemoFiles.IndexOfFolders,
            FunctionConfig = new CfnFunction.FunctionConfigProperty { Comment = "Leads a folder to its index.html", Runtime = "cloudfront-js-2.0" },
        });
        return new()
        {
            TargetOriginId = Files,
            ViewerProtocolPolicy = "redirect-to-https",
            AllowedMethods = ["GET", "HEAD"],
            Compress = true,
            CachePolicyId = CacheWell,
            ResponseHeadersPolicyId = DemoFiles.AddHeaders(this, options).Ref,
            FunctionAssociations = new[] { new CfnDistribution.FunctionAssociationProperty { EventType = "viewer-request", FunctionArn = folders.AttrFunctionArn } },
        };
    }

    private static CfnDistribution.CacheBehaviorProperty GatewayBehavior(string path, string origin) => new()
    {
        PathPattern = path,
        TargetOriginId = origin,
        ViewerProtocolPolicy = "https-only",
        AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
        // What is compressed is held back until there is enough of it.
        Compress = false,
        CachePolicyId = NeverCache,
        OriginRequestPolicyId = AllButHost,
    };

    private Dictionary<string, object> Read(CfnBucket bucket, CfnDistribution distribution) => new()
    {
        ["Sid"] = "CloudFrontReads",
        ["Effect"] = "Allow",
        ["Principal"] = new Dictionary<string, object> { ["Service"] = "cloudfront.amazonaws.com" },
        ["Action"] = "s3:GetObject",
        ["Resource"] = $"{bucket.AttrArn}/*",
        ["Condition"] = new Dictionary<string, object>
        {
            ["StringEquals"] = new Dictionary<string, object> { ["AWS:SourceArn"] = $"arn:aws:cloudfront::{Account}:distribution/{distribution.Ref}" },
        },
    };
}
