using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace ServiceDefaults;

/// <summary>The faults that an operator can mend: told in words at the start of a service, without a stack trace.</summary>
public static class StartFault
{
    /// <summary>What went wrong and what to do, or null where the exception is a bug.</summary>
    public static string? Describe(Exception exception) => exception switch
    {
        OptionsValidationException invalid => $"The configuration is not valid:\n- {string.Join("\n- ", invalid.Failures)}",
        InvalidDataException unreadable => unreadable.Message,
        IOException { InnerException: AddressInUseException } taken => $"{taken.Message} Stop what listens there, or choose another address with --urls.",
        _ => null,
    };
}
