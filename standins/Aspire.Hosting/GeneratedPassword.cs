using System.Security.Cryptography;

namespace Aspire.Hosting;

/// <summary>Passwords of 22 characters: 130 bits or more from the system's generator.</summary>
internal static class GeneratedPassword
{
    private const string Plain = "ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz0123456789";
    private const string Special = "-_.{}~()*+!";

    public static string New(bool special) => RandomNumberGenerator.GetString(special ? Plain + Special : Plain, special ? 22 : 24);
}
