namespace Gateway.Api.Batches.Storage;

/// <summary>What is wrong with a batch, or with a line of its input.</summary>
/// <param name="Code">What exactly, for programs.</param>
/// <param name="Message">What happened, for people.</param>
/// <param name="Param">The parameter at fault.</param>
/// <param name="Line">The line of the input, from 1.</param>
internal sealed record BatchError(string Code, string Message, string? Param = null, int? Line = null);
