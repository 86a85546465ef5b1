namespace Aspire.Hosting.ApplicationModel;

/// <summary>The rule for names of resources and endpoints: letters, digits and single hyphens, at most 64, starting with a letter.</summary>
internal static class ModelName
{
    public static void Check(string what, string name)
    {
        var fault = name switch
        {
            { Length: 0 or > 64 } => "must be between 1 and 64 characters long",
            _ when !char.IsAsciiLetter(name[0]) => "must start with an ASCII letter",
            _ when !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') => "must contain only ASCII letters, digits, and hyphens",
            _ when name.Contains("--", StringComparison.Ordinal) => "cannot contain consecutive hyphens",
            _ when name[^1] == '-' => "cannot end with a hyphen",
            _ => null,
        };
        if (fault is not null)
            throw new ArgumentException($"{what} name '{name}' is invalid. Name {fault}.", nameof(name));
    }
}
