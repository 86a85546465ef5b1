namespace Fib.LocalSystem.Processes;

/// <summary>The browser of this machine that automated checks start.</summary>
internal static class InstalledBrowser
{
    /// <summary>Where to look, the cheapest first: Debian's headless shell needs a third of the processor time of a whole browser.</summary>
    public static readonly string[] Programs =
    [
        "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/google-chrome", "/opt/google/chrome/chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Google", "Chrome", "Application", "chrome.exe"),
    ];

    /// <summary>The first of <see cref="Programs"/> that exists, or null: Playwright then starts its own, if that was downloaded.</summary>
    public static string? Find() => Programs.FirstOrDefault(File.Exists);
}
