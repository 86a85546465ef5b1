namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds environment variables when a resource is started or published.</summary>
public class EnvironmentCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Adds variables once the callback's task is done.</summary>
    public EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback) =>
        Callback = callback ?? throw new ArgumentNullException(nameof(callback));

    /// <summary>Adds variables to the context.</summary>
    public EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            callback(context);
            return Task.CompletedTask;
        };
    }

    /// <summary>Adds variables to the dictionary.</summary>
    public EnvironmentCallbackAnnotation(Action<Dictionary<string, object>> callback) : this(context => callback(context.EnvironmentVariables)) =>
        ArgumentNullException.ThrowIfNull(callback);

    /// <summary>Adds one variable.</summary>
    public EnvironmentCallbackAnnotation(string name, Func<string> callback) : this(context => { context.EnvironmentVariables[name] = callback(); }) =>
        ArgumentNullException.ThrowIfNull(callback);

    /// <summary>What adds them.</summary>
    public Func<EnvironmentCallbackContext, Task> Callback { get; }
}
