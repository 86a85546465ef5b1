using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page.Gallery;

/// <summary>Runs axe-core, which finds accessibility problems of a page (deque.com/axe).</summary>
internal static class Axe
{
    public const string MissingReason = "Fib.Tests/npm has no axe-core: ./fib test installs it if npm reaches its registry";

    private const string Run = """
        async () => (await axe.run()).violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))
          .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
        """;

    private static readonly string Script = Path.Combine(Repository.Root, "Fib.Tests", "npm", "node_modules", "axe-core", "axe.min.js");

    /// <summary>The serious and critical findings; null if axe-core is not installed.</summary>
    public static async Task<IReadOnlyList<string>?> FindAsync(IPage page)
    {
        if (!File.Exists(Script))
            return null;
        await page.EvaluateAsync(await File.ReadAllTextAsync(Script));
        return await page.EvaluateAsync<string[]>(Run);
    }
}
