using Gateway.Api;
using Microsoft.Extensions.Options;
using ServiceDefaults;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.UseDefaultUrl("http://localhost:8080");
    builder.AddServiceDefaults();
    builder.AddGateway();

    var app = builder.Build();
    app.MapGateway();
    await app.RunAsync();
    return 0;
}
catch (OptionsValidationException invalid)
{
    await Console.Error.WriteLineAsync($"The gateway's configuration is not valid:\n- {string.Join("\n- ", invalid.Failures)}");
    return 1;
}
