using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Platform;

/// <summary>The platform files of both Docker platforms: <c>.ebextensions</c>, hooks and files that the AppHost adds.</summary>
internal sealed class PlatformRenderer : IBundleRenderer
{
    public IEnumerable<BundleFile> Render(Bundle bundle)
    {
        List<BundleFile> files = [];
        if (bundle.Targets.HasFlag(ElasticBeanstalkTargets.Docker))
            files.AddRange([Options("", OptionSettings.Of(bundle)), .. InBothTrees("", Hooks.ForCompose(bundle)), .. bundle.Files]);
        if (bundle.Targets.HasFlag(ElasticBeanstalkTargets.EcsManaged))
        {
            files.AddRange([Options(Managed, OptionSettings.WithDefaults(bundle)), .. InBothTrees(Managed, Hooks.ForDockerrun(bundle))]);
            files.AddRange(bundle.Files.Select(file => file with { Path = Managed + file.Path }));
        }
        return files;
    }

    private const string Managed = "ecs-managed/";

    private static BundleFile Options(string folder, OptionSettings settings) =>
        new($"{folder}.ebextensions/environment.config", Yaml.Write(settings));

    /// <summary>A deployment runs <c>hooks</c>, a configuration change <c>confighooks</c>.</summary>
    private static IEnumerable<BundleFile> InBothTrees(string folder, IEnumerable<Hook> hooks) =>
        from hook in hooks
        from tree in (string[])["confighooks", "hooks"]
        select new BundleFile($"{folder}.platform/{tree}/{hook.Path}", hook.Text) { Executable = true };
}
