namespace Aspire.Hosting.Pipelines;

/// <summary>Runs steps as soon as those they depend on are done; a failure keeps only the steps that depend on it from running.</summary>
internal static class StepRunner
{
    public static async Task RunAsync(IReadOnlyList<PipelineStep> steps, PipelineContext context)
    {
        var running = new Dictionary<string, Task>();
        // Dependencies come first, so each is there when it is looked up.
        foreach (var step in steps)
        {
            var dependencies = step.DependsOnSteps.Where(running.ContainsKey).ToDictionary(name => name, name => running[name]);
            running[step.Name] = Task.Run(() => RunAsync(step, dependencies, context));
        }
        await Task.WhenAll(running.Values).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        var failed = steps.Where(s => running[s.Name].Exception?.InnerException is not (null or SkippedStep)).ToList();
        if (failed.Count == 1)
            await running[failed[0].Name];
        if (failed.Count > 1)
            throw new AggregateException($"Multiple pipeline steps failed: {string.Join(", ", failed.Select(s => s.Name))}", failed.Select(s => running[s.Name].Exception!.InnerException!));
    }

    private static async Task RunAsync(PipelineStep step, Dictionary<string, Task> dependencies, PipelineContext context)
    {
        foreach (var (name, dependency) in dependencies)
            if (await Task.WhenAny(dependency) is { IsCompletedSuccessfully: false })
                throw new SkippedStep($"Step '{step.Name}' cannot run because dependency '{name}' failed.");
        await using var report = new ReportingStep(step.Name, context.Logger);
        try
        {
            await step.Action(new PipelineStepContext { PipelineContext = context, ReportingStep = report });
        }
        catch (Exception e)
        {
            await report.CompleteAsync(e.Message, CompletionState.CompletedWithError, CancellationToken.None);
            throw;
        }
    }

    private sealed class SkippedStep(string message) : InvalidOperationException(message);
}
