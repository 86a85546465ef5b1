using Fib.Rehearsal.Checks;
using Fib.Rehearsal.Containers;
using Fib.Rehearsal.Platform;

namespace Fib.Rehearsal;

/// <summary>Runs a bundle as Elastic Beanstalk does, and checks that the system works.</summary>
internal sealed class Rehearsal(RehearsalArguments arguments, CheckTable table)
{
    /// <summary>Runs both passes and removes everything that they started.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var environment = new RehearsalEnvironment();
        SourceBundle? bundle = null;
        await table.RunAsync("bundle unpacked", async _ =>
        {
            bundle = SourceBundle.Unpack(arguments.Bundle, Path.Combine(environment.Directory, "current"));
            return await Task.FromResult(Path.GetFileName(arguments.Bundle));
        }, cancellationToken);
        if (bundle is null || !await table.RunAsync("images", token => FindImagesAsync(bundle, token), cancellationToken))
            return;
        if (!await table.RunAsync("stores that require TLS", token => StartStoresAsync(environment, token), cancellationToken))
            return;

        using var edge = new EdgeClient();
        var compose = new ComposePass(environment, bundle, edge, table);
        var dockerrun = Path.Combine(Path.GetDirectoryName(arguments.Bundle)!, "ecs-managed", "Dockerrun.aws.json");
        var links = new LinksPass(environment, dockerrun, edge, table);
        if (!arguments.Keep)
            await compose.RunAsync(arguments.WithoutLoad, _ => Task.CompletedTask, cancellationToken);
        await links.RunAsync(cancellationToken);
        if (arguments.Keep)
            await compose.RunAsync(arguments.WithoutLoad, WaitUntilInterruptedAsync, cancellationToken);
    }

    /// <summary>Writes the bundle's images that the engine does not have, one per line.</summary>
    public static async Task WriteMissingImagesAsync(string zip, TextWriter output, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("fib-bundle-");
        try
        {
            foreach (var image in await FindMissingImagesAsync(SourceBundle.Unpack(zip, directory.FullName), cancellationToken))
                await output.WriteLineAsync(image);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<string>> FindMissingImagesAsync(SourceBundle bundle, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var image in bundle.Compose.Services.Select(service => service.Image))
        {
            if (!await Engine.HasImageAsync(image, cancellationToken))
                missing.Add(image);
        }

        return missing;
    }

    private static async Task<string> FindImagesAsync(SourceBundle bundle, CancellationToken cancellationToken) =>
        await FindMissingImagesAsync(bundle, cancellationToken) is { Count: > 0 } missing
            ? throw new CheckFailedException($"the engine lacks these images, and the rehearsal pulls none: {string.Join(", ", missing)}")
            : string.Join(", ", bundle.Compose.Services.Select(service => service.Image));

    private async Task<string> StartStoresAsync(RehearsalEnvironment environment, CancellationToken cancellationToken)
    {
        var overrides = arguments.Properties is { } file
            ? EnvironmentProperties.Parse(await File.ReadAllTextAsync(file, cancellationToken))
            : [];
        await environment.StartStoresAsync(overrides, cancellationToken);
        foreach (var warning in EnvironmentProperties.Warnings(environment.Properties))
            await Console.Error.WriteLineAsync($"warning: {warning}");
        return await TlsCheck.RejectsPlaintextAsync(environment.Postgres!.ConnectionString, cancellationToken)
            ? $"PostgreSQL and Redis at {environment.Properties["PGHOST"]}"
            : throw new CheckFailedException("PostgreSQL accepts connections without TLS");
    }

    private async Task WaitUntilInterruptedAsync(CancellationToken cancellationToken)
    {
        await table.WriteAsync();
        await Console.Out.WriteLineAsync($"The system is running at {EdgeClient.Address}. Ctrl-C stops it.");
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
