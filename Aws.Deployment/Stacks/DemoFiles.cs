using Amazon.CDK.AWS.CloudFront;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>How the page's files are given out: with the headers that Demo.Web itself sends.</summary>
internal static class DemoFiles
{
    // S3 behind CloudFront knows files alone.
    public const string IndexOfFolders = """
        function handler(event) {
          var request = event.request;
          if (request.uri.endsWith('/')) {
            request.uri += 'index.html';
          } else if (!request.uri.split('/').pop().includes('.')) {
            request.uri += '/index.html';
          }
          return request;
        }
        """;

    private const int YearSeconds = 31_536_000;

    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; frame-ancestors 'none'";

    public static CfnResponseHeadersPolicy AddHeaders(Construct scope, DeploymentOptions options) => new(scope, "Headers", new CfnResponseHeadersPolicyProps
    {
        ResponseHeadersPolicyConfig = new CfnResponseHeadersPolicy.ResponseHeadersPolicyConfigProperty
        {
            Name = $"{options.Prefix}-demo",
            SecurityHeadersConfig = new CfnResponseHeadersPolicy.SecurityHeadersConfigProperty
            {
                ContentSecurityPolicy = new CfnResponseHeadersPolicy.ContentSecurityPolicyProperty { ContentSecurityPolicy = ContentPolicy, Override = true },
                ContentTypeOptions = new CfnResponseHeadersPolicy.ContentTypeOptionsProperty { Override = true },
                FrameOptions = new CfnResponseHeadersPolicy.FrameOptionsProperty { FrameOption = "DENY", Override = true },
                ReferrerPolicy = new CfnResponseHeadersPolicy.ReferrerPolicyProperty { ReferrerPolicy = "no-referrer", Override = true },
                StrictTransportSecurity = new CfnResponseHeadersPolicy.StrictTransportSecurityProperty { AccessControlMaxAgeSec = YearSeconds, IncludeSubdomains = true, Override = true },
            },
            CustomHeadersConfig = new CfnResponseHeadersPolicy.CustomHeadersConfigProperty
            {
                Items = new[]
                {
                    new CfnResponseHeadersPolicy.CustomHeaderProperty { Header = "Permissions-Policy", Value = "camera=(), geolocation=(), microphone=(), payment=(), usb=()", Override = true },
                },
            },
        },
    });
}
