using Fib.Rehearsal.Checks;
using Fib.Rehearsal.Containers;
using Fib.Rehearsal.Platform;

namespace Fib.Rehearsal;

/// <summary>Does with a bundle what Elastic Beanstalk does with it, and looks whether the system then works.</summary>
internal sealed class Rehearsal(RehearsalArguments arguments, CheckTable table)
{
    /// <summary>Runs both passes; whatever was started is gone afterwards.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var stage = new Stage();
        SourceBundle? bundle = null;
        await table.RunAsync("bundle unpacked", async _ =>
        {
            bundle = SourceBundle.Unpack(arguments.Bundle, Path.Combine(stage.Directory, "current"));
            return await Task.FromResult(Path.GetFileName(arguments.Bundle));
        }, cancellationToken);
        if (bundle is null || !await table.RunAsync("images", token => FindImagesAsync(bundle, token), cancellationToken))
            return;
        if (!await table.RunAsync("stores that require TLS", token => StartStoresAsync(stage, token), cancellationToken))
            return;

        using var door = new FrontDoor();
        var compose = new ComposePass(stage, bundle, door, table);
        var links = new LinksPass(stage, Path.Combine(Path.GetDirectoryName(arguments.Bundle)!, "ecs-managed", "Dockerrun.aws.json"), door, table);
        if (!arguments.Keep)
            await compose.RunAsync(arguments.WithoutLoad, _ => Task.CompletedTask, cancellationToken);
        await links.RunAsync(cancellationToken);
        if (arguments.Keep)
            await compose.RunAsync(arguments.WithoutLoad, KeepAsync, cancellationToken);
    }

    /// <summary>The images of the bundle that the engine lacks.</summary>
    public static async Task<IReadOnlyList<string>> FindMissingImagesAsync(SourceBundle bundle, CancellationToken cancellationToken)
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
            ? throw new CheckFailedException($"not in the engine, and nothing is pulled here: {string.Join(", ", missing)}")
            : string.Join(", ", bundle.Compose.Services.Select(service => service.Image));

    private async Task<string> StartStoresAsync(Stage stage, CancellationToken cancellationToken)
    {
        var more = arguments.Properties is { } file ? EnvironmentProperties.Parse(await File.ReadAllTextAsync(file, cancellationToken)) : [];
        await stage.StartStoresAsync(more, cancellationToken);
        foreach (var warning in EnvironmentProperties.Warnings(stage.Properties))
            await Console.Error.WriteLineAsync($"warning: {warning}");
        return await PlainCheck.IsRefusedAsync(stage.Postgres!.ConnectionString, cancellationToken)
            ? $"PostgreSQL and Redis at {stage.Properties["PGHOST"]}"
            : throw new CheckFailedException("PostgreSQL lets in whoever comes without TLS");
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        await table.WriteAsync();
        await Console.Out.WriteLineAsync($"The system is up at {FrontDoor.Address}. Ctrl-C ends it.");
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
