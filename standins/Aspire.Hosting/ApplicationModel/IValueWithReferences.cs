namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value made of others.</summary>
public interface IValueWithReferences
{
    /// <summary>The values and resources it is made of.</summary>
    IEnumerable<object> References { get; }
}
