using Aws.Deployment.Operations.Aws;

namespace Aws.Deployment.Operations.Prerequisites;

/// <summary>Whether stacks are in a state that they can be deployed from.</summary>
internal static class StackStates
{
    public static Shortcoming? Of(Stack stack, string environment) => stack.Status switch
    {
        var status when StackStatus.IsInProgress(status) => new Shortcoming(
            $"{stack.Name} is {status}: somebody deploys it, or a run was broken off.",
            $"Wait until it is done (aws cloudformation describe-stack-events {stack.Arguments}), and run it again: what is there already is kept."),
        StackStatus.UpdateRollbackFailed => new Shortcoming(
            $"{stack.Name} is {stack.Status}: {stack.Reason ?? "CloudFormation could not undo a change"}.",
            $"Mend what its events name, let CloudFormation finish (aws cloudformation continue-update-rollback {stack.Arguments}), and run it again."),
        StackStatus.RollbackFailed or StackStatus.DeleteFailed => new Shortcoming(
            $"{stack.Name} is {stack.Status}: {stack.Reason ?? "CloudFormation could not take it away"}.",
            $"Mend what its events name, take it away (destroy --environment {environment}), and run it again."),
        _ => null,
    };
}
