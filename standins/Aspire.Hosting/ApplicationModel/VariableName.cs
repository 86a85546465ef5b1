namespace Aspire.Hosting.ApplicationModel;

/// <summary>Turns a name into one an environment variable can have: an underscore for what is neither letter nor digit.</summary>
internal static class VariableName
{
    public static string Of(string name)
    {
        var encoded = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return encoded.Length > 0 && char.IsAsciiDigit(encoded[0]) ? "_" + encoded : encoded;
    }
}
