using Aspire.Hosting.Dashboard;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is known only once the application runs.</summary>
public interface IValueProvider
{
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);

    ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) => GetValueAsync(cancellationToken);
}

/// <summary>A value with a symbolic form, such as <c>{gateway.bindings.http.url}</c>.</summary>
public interface IManifestExpressionProvider
{
    string ValueExpression { get; }
}

/// <summary>A value with both: one to run with, one to show.</summary>
public interface IExpressionValue : IValueProvider, IManifestExpressionProvider;

/// <summary>For whom a value is asked.</summary>
public class ValueProviderContext
{
    public DistributedApplicationExecutionContext? ExecutionContext { get; init; }

    public IResource? Caller { get; init; }

    /// <summary>The ports that this replica of <see cref="Caller"/> listens on, by endpoint name.</summary>
    internal IReadOnlyDictionary<string, int>? TargetPorts { get; init; }

    /// <summary>Told of every secret that the value is made of.</summary>
    internal SecretValues? Secrets { get; init; }
}
