using System.Reflection;
using System.Runtime.Loader;

namespace StandIns.Tests.Hashing;

/// <summary>The real System.IO.Hashing, which the .NET SDK carries for its own use.</summary>
internal static class SdkHashing
{
    private static readonly Lazy<Assembly?> Real = new(Load);

    internal delegate ulong Hash3(ReadOnlySpan<byte> source, long seed);

    internal static bool IsThere => Real.Value is not null;

    internal static Hash3 XxHash3() =>
        Method("XxHash3", "HashToUInt64", typeof(ReadOnlySpan<byte>), typeof(long)).CreateDelegate<Hash3>();

    internal static Func<byte[], byte[]> XxHash64() =>
        Method("XxHash64", "Hash", typeof(byte[])).CreateDelegate<Func<byte[], byte[]>>();

    private static MethodInfo Method(string type, string name, params Type[] parameters) =>
        Real.Value!.GetType("System.IO.Hashing." + type, throwOnError: true)!.GetMethod(name, parameters)!;

    private static Assembly? Load()
    {
        // The runtime lies in shared/Microsoft.NETCore.App/<version>, the SDKs beside shared.
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../.."));
        var sdks = Path.Combine(root, "sdk");
        if (!Directory.Exists(sdks)) return null;
        var file = Directory.EnumerateDirectories(sdks)
            .Select(sdk => Path.Combine(sdk, "Sdks/Microsoft.NET.Sdk/tools"))
            .Where(Directory.Exists)
            .SelectMany(tools => Directory.EnumerateFiles(tools, "System.IO.Hashing.dll", SearchOption.AllDirectories))
            .FirstOrDefault(path => path.Contains("net10", StringComparison.Ordinal));

        // A context of its own keeps it apart from the stand-in of the same name.
        return file is null ? null : new AssemblyLoadContext("sdk").LoadFromAssemblyPath(file);
    }
}
