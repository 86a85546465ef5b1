using System.Text;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs;

/// <summary>ENVIRONMENT.md: the required and optional properties of a deployment.</summary>
internal sealed class EnvironmentRenderer : IBundleRenderer
{
    public IEnumerable<BundleFile> Render(Bundle bundle)
    {
        var text = new StringBuilder().Append(
            $"""
            # Environment properties of {bundle.Application} {bundle.Tag}

            Set them on the Beanstalk environment (Configuration, Updates and monitoring, Environment properties; `eb setenv`; or
            `aws elasticbeanstalk update-environment --option-settings`). The platform writes them to `.env` beside
            `docker-compose.yml`, so the bundle contains no such file.

            | property | what it is | required | default | example | for |
            |---|---|---|---|---|---|

            """);
        foreach (var property in bundle.Properties)
            text.Append(Row(bundle, property));
        text.Append(
            $"""

            Store secrets in Secrets Manager or Systems Manager, with the option namespace
            `aws:elasticbeanstalk:application:environmentsecrets` (name of the property, ARN of the secret).

            The platform documents letters, digits, spaces and `_ . : / = + \ - @ ' "` for values, up to 256 characters, and 4,096 bytes
            for all names and values together. A secret made of `A-Z a-z 0-9 . _ ~ -` is passed unchanged everywhere; `$`, `#` and quotes
            are not.

            """);
        if (bundle.Targets.HasFlag(ElasticBeanstalkTargets.EcsManaged))
            text.Append(
                """

                The ECS-managed platform reads secrets with the role of `ExecutionRole`, which must be an ARN then; the instance profile
                needs `iam:PassRole` for it.

                """);
        if (bundle.Targets.HasPlainEcs)
            text.Append(
                $"""

                On plain ECS, the task definitions in `ecs/` read every required property from the Systems Manager parameter
                `/{bundle.Application}/NAME`; the other properties have their default values in the task definitions.

                """);
        return [new BundleFile("ENVIRONMENT.md", text.ToString())];
    }

    private static string Row(Bundle bundle, EnvironmentProperty property)
    {
        var services = bundle.Services.Where(service => service.Properties.Contains(property)).Select(service => service.Name).ToList();
        if (services.Count == 0)
            services.Add("registry login");
        var kind = (property.Secret ? ", secret" : "") + (property.UriSafe ? ", only letters, digits and - . _ ~" : "");
        string[] columns =
        [
            $"`{property.Name}`", property.Description + kind, property.Required ? "yes" : "no",
            Code(property.Default), Code(property.Example), string.Join(", ", services),
        ];
        return $"| {string.Join(" | ", columns)} |\n";
    }

    private static string Code(string? text) => string.IsNullOrEmpty(text) ? "" : $"`{text}`";
}
