namespace Aws.Deployment.Verification;

internal enum CheckOutcome
{
    Passed,
    Failed,
    Skipped,
}
