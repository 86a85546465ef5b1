using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Fib.Tests.Support;

/// <summary>What holds for the process of the tests, and for every process that they start.</summary>
internal static class TestProcess
{
    /// <summary>No host watches its settings files: each would take an inotify instance, of which a user has 128 by default.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255:The 'ModuleInitializer' attribute should not be used in libraries", Justification = "The tests are a program.")]
    internal static void Prepare() => Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
}
