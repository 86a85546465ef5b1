namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value with a symbolic form for publishers, such as <c>{redis.bindings.tcp.port}</c>.</summary>
public interface IManifestExpressionProvider
{
    /// <summary>The symbolic form.</summary>
    string ValueExpression { get; }
}
