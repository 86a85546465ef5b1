namespace Aspire.Hosting.Orchestration;

/// <summary>The user's own folder below the system's temporary one: locks of ports, and logs.</summary>
internal static class UserFolder
{
    public static string Make() => Directory.CreateDirectory(
        Path.Combine(Path.GetTempPath(), $"aspire-stand-in-{Environment.UserName}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
}
