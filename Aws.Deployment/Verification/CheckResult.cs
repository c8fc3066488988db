namespace Aws.Deployment.Verification;

internal sealed record CheckResult(string Name, Finding Finding, TimeSpan Elapsed);
