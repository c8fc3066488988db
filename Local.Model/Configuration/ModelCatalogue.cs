using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Local.Model.Configuration;

internal sealed class ModelCatalogue
{
    private static readonly ServedModel[] Defaults =
    [
        new() { Id = "microsoft/Phi-3-mini-4k-instruct", Kind = ModelKind.Chat, MaxModelLength = 4096 },
        new() { Id = "local-embeddings", Kind = ModelKind.Embeddings, MaxModelLength = 8192, Dimensions = 384 },
    ];

    private readonly Dictionary<string, ServedModel> _byId;

    public ModelCatalogue(IOptions<ModelOptions> options, TimeProvider time)
    {
        All = options.Value.Models is { Count: > 0 } configured ? configured : Defaults;
        _byId = All.ToDictionary(model => model.Id, StringComparer.Ordinal);
        LoadedAt = time.GetUtcNow().ToUnixTimeSeconds();
    }

    public IReadOnlyList<ServedModel> All { get; }

    public long LoadedAt { get; }

    public bool TryGet(string id, [NotNullWhen(true)] out ServedModel? model) => _byId.TryGetValue(id, out model);
}
