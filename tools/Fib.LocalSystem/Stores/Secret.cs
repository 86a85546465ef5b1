using System.Security.Cryptography;

namespace Fib.LocalSystem.Stores;

/// <summary>Passwords of the characters that every generation of the platform and of compose passes on as they are.</summary>
internal static class Secret
{
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

    /// <summary>A password of 32 characters.</summary>
    public static string Create() => RandomNumberGenerator.GetString(Characters, 32);
}
