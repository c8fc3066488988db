using Local.Model.Behaviour;
using Local.Model.Configuration;
using Local.Model.Requests;

namespace Local.Model.Serving;

/// <summary>How one route reads its request and answers it.</summary>
internal sealed record InferenceRoute<T>(
    string IdPrefix,
    ModelKind Kind,
    Func<Fields, T> Read,
    Func<T, string> ModelOf,
    Func<Exchange, T, ServedModel, ValueTask<Refusal?>> Answer)
    where T : class;
