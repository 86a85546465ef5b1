using System.Security.Cryptography;

namespace Fib.LocalSystem.Stores;

/// <summary>Creates passwords from characters that Elastic Beanstalk and Docker Compose never escape or replace.</summary>
internal static class Secret
{
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

    /// <summary>Creates a random password of 32 characters.</summary>
    public static string Create() => RandomNumberGenerator.GetString(Characters, 32);
}
