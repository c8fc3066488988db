using Local.Model.Behaviour;
using Microsoft.Extensions.Options;

namespace Local.Model.Configuration;

internal sealed class ModelOptionsValidator : IValidateOptions<ModelOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelOptions options)
    {
        var errors = new List<string>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < options.Models.Count; index++)
        {
            var model = options.Models[index];
            var key = $"{ModelOptions.Section}:Models:{index}";
            if (string.IsNullOrWhiteSpace(model.Id) || !ids.Add(model.Id))
            {
                errors.Add($"{key}:Id must be given and unique; it is '{model.Id}'.");
            }

            if (model.MaxModelLength < 1)
            {
                errors.Add($"{key}:MaxModelLength must be 1 or more; it is {model.MaxModelLength}.");
            }

            if (model.Dimensions is < 8 or > 4096)
            {
                errors.Add($"{key}:Dimensions must be 8 to 4096; it is {model.Dimensions}.");
            }
        }

        errors.AddRange(BehaviourRules.Errors(options.Behaviour).Select(error => $"{ModelOptions.Section}:Behaviour: {error}"));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
