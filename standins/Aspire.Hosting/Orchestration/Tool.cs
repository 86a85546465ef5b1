using System.Text;

namespace Aspire.Hosting.Orchestration;

/// <summary>Runs a program to its end and keeps what it wrote.</summary>
internal static class Tool
{
    public static Task<(int Code, string Output)> RunAsync(string command, IReadOnlyList<string> arguments, string folder, CancellationToken cancellationToken) =>
        RunAsync(new ProcessSpec(command, arguments, folder, InheritedEnvironment.With(new Dictionary<string, string>())), cancellationToken);

    public static async Task<(int Code, string Output)> RunAsync(ProcessSpec spec, CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        var process = await ChildProcess.StartAsync(spec, (line, _) =>
        {
            lock (output)
                output.AppendLine(line);
        });
        try
        {
            var code = await process.Ended.WaitAsync(cancellationToken);
            lock (output)
                return (code, output.ToString());
        }
        catch (OperationCanceledException)
        {
            await process.StopAsync(TimeSpan.Zero);
            throw;
        }
    }
}
