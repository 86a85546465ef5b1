namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds arguments when a resource is started or published.</summary>
public class CommandLineArgsCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Adds arguments once the callback's task is done.</summary>
    public CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> callback) =>
        Callback = callback ?? throw new ArgumentNullException(nameof(callback));

    /// <summary>Adds arguments to the list.</summary>
    public CommandLineArgsCallbackAnnotation(Action<IList<object>> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            callback(context.Args);
            return Task.CompletedTask;
        };
    }

    /// <summary>What adds them.</summary>
    public Func<CommandLineArgsCallbackContext, Task> Callback { get; }
}
