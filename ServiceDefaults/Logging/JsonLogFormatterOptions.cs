using Microsoft.Extensions.Logging.Console;

namespace ServiceDefaults.Logging;

internal sealed class JsonLogFormatterOptions : ConsoleFormatterOptions;
