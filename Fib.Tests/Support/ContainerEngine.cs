using Fib.LocalSystem.Processes;

namespace Fib.Tests.Support;

/// <summary>The Docker engine of this machine.</summary>
internal static class ContainerEngine
{
    public const string WhyMissing = "No Docker engine answers; ./fib test starts one where it can.";

    /// <summary>Whether the engine responds.</summary>
    public static Task<bool> AnswersAsync() => SucceedsAsync("ps", "--quiet");

    /// <summary>Whether the engine has an image of that name or can pull it.</summary>
    public static async Task<bool> HasAsync(string image) =>
        await SucceedsAsync("image", "inspect", image) || await SucceedsAsync("pull", "-q", image);

    private static async Task<bool> SucceedsAsync(params string[] arguments)
    {
        try
        {
            return (await new Command("docker", arguments).TryRunAsync()).ExitCode == 0;
        }
        catch (CommandFailedException)
        {
            return false;
        }
    }
}
