namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value usable in expressions: it has both a value and a symbolic form.</summary>
public interface IExpressionValue : IValueProvider, IManifestExpressionProvider;
