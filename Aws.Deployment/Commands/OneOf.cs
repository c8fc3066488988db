using System.CommandLine;

namespace Aws.Deployment.Commands;

/// <summary>Options that are one of a few words.</summary>
internal static class OneOf
{
    public static void AcceptOnly<T>(this Option<T> option, IReadOnlyCollection<string> allowed) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && !allowed.Contains(token.Value))
        {
            result.AddError($"{option.Name} is '{token.Value}'; it must be one of {string.Join(", ", allowed)}.");
        }
    });
}
