using Aws.Deployment.Commands;
using ServiceDefaults.Commands;

if (args.Length == 0)
{
    args = ["--help"];
}

return await CommandLine.RunAsync(
    "Brings the AI Model Gateway to AWS, watches over it there and takes it away again.",
    [
        PublishCommand.Create(), EstimateCommand.Create(), DiffCommand.Create(),
        DeployCommand.Create(), VerifyCommand.Create(), LoadCommand.Create(), PrepareModelCommand.Create(), RotateSecretCommand.Create(), DestroyCommand.Create(),
    ],
    args);
