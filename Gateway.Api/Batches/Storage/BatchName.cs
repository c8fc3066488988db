namespace Gateway.Api.Batches.Storage;

/// <summary>Which batch, and whose.</summary>
internal readonly record struct BatchName(string Tenant, string Id);
