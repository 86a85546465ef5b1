using System.Reflection.Metadata;
using Fib.Web.Development;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

[assembly: MetadataUpdateHandler(typeof(SourceVersion))]

namespace Fib.Web.Development;

/// <summary>Identifies the sources of a page: the start of this process and the number of edits since. Thread-safe.</summary>
internal static class SourceVersion
{
    private static readonly string Start = Guid.NewGuid().ToString("N");

    /// <summary>Keeps the watcher from being garbage-collected.</summary>
    private static PhysicalFileProvider? _files;

    private static TaskCompletionSource _edited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private static int _edits;

    /// <summary>A text that changes with each edit.</summary>
    public static string Current => $"{Start}-{Volatile.Read(ref _edits)}";

    /// <summary>Completes at the next edit.</summary>
    public static Task Edited => Volatile.Read(ref _edited).Task;

    /// <summary>The runtime calls this after a hot reload.</summary>
    public static void UpdateApplication(Type[]? types) => AddEdit();

    /// <summary>Watches styles and scripts, which are served from the folder where they are edited.</summary>
    public static void WatchFiles(string folder)
    {
        _files = new PhysicalFileProvider(folder);
        ChangeToken.OnChange(() => _files.Watch("**/*"), AddEdit);
    }

    private static void AddEdit()
    {
        Interlocked.Increment(ref _edits);
        Interlocked.Exchange(ref _edited, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}
