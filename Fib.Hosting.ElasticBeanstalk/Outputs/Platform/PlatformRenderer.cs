using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Platform;

/// <summary>What Elastic Beanstalk reads beside the containers: <c>.ebextensions</c> and hooks, for both of its Docker platforms.</summary>
internal sealed class PlatformRenderer : IBundleRenderer
{
    public IEnumerable<BundleFile> Render(Bundle bundle)
    {
        if (bundle.Targets.HasFlag(ElasticBeanstalkTargets.Docker))
        {
            yield return Options("", OptionSettings.Of(bundle.Platform));
            foreach (var hook in InBothTrees("", Hooks.ForCompose(bundle)))
                yield return hook;
        }
        if (bundle.Targets.HasFlag(ElasticBeanstalkTargets.EcsManaged))
        {
            yield return Options("ecs-managed/", OptionSettings.WithDefaults(bundle));
            foreach (var hook in InBothTrees("ecs-managed/", Hooks.ForDockerrun(bundle)))
                yield return hook;
        }
    }

    private static BundleFile Options(string folder, OptionSettings settings) => new($"{folder}.ebextensions/environment.config", Yaml.Write(settings));

    /// <summary>A deployment runs one tree, a change of properties alone only the other.</summary>
    private static IEnumerable<BundleFile> InBothTrees(string folder, IEnumerable<Hook> hooks) =>
        from hook in hooks
        from tree in (string[])["confighooks", "hooks"]
        select new BundleFile($"{folder}.platform/{tree}/{hook.Path}", hook.Text) { Executable = true };
}
