using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Fib.Tests.Support;

/// <summary>Settings of the test process and of every process that it starts.</summary>
internal static class TestProcess
{
    /// <summary>No host watches its settings files: each would use an inotify instance, of which a user has 128 by default.</summary>
    [ModuleInitializer]
    [SuppressMessage(
        "Usage", "CA2255:The 'ModuleInitializer' attribute should not be used in libraries", Justification = "The tests are a program.")]
    internal static void Prepare() => Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
}
