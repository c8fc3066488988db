using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Local.Model.Configuration;

internal static class ModelOptionsRegistration
{
    public static void AddModelOptions(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelOptions>, ModelOptionsValidator>());
        builder.Services.AddOptions<ModelOptions>()
            .Bind(builder.Configuration.GetSection(ModelOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
    }
}
