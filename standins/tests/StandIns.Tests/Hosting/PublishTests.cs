using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace StandIns.Tests.Hosting;

/// <summary>The pipeline: which steps run, in which order, and what a failure does.</summary>
public class PublishTests
{
    private readonly ConcurrentQueue<string> _ran = new();

    [Fact]
    public async Task Only_the_steps_the_asked_one_depends_on_run_and_in_order()
    {
        var builder = Publish("publish");
        builder.Pipeline.AddStep("write", Run("write"), dependsOn: "check", requiredBy: WellKnownPipelineSteps.Publish);
        builder.Pipeline.AddStep("check", Run("check"), dependsOn: new[] { "read" });
        builder.Pipeline.AddStep("read", Run("read"));
        builder.Pipeline.AddStep("unrelated", Run("unrelated"));

        await RunAsync(builder);

        Assert.Equal(["read", "check", "write"], _ran);
    }

    [Fact]
    public async Task A_resource_brings_steps_and_prepares_the_model_before_they_run()
    {
        var builder = Publish("publish");
        var environment = builder.AddResource(new Place("place"));
        builder.AddProject("web", new Projects.Sample_Web().ProjectPath);
        environment.WithPipelineStepFactory("prepare", context =>
        {
            foreach (var resource in context.Model.GetComputeResources())
                resource.Annotations.Add(new DeploymentTargetAnnotation(environment.Resource) { ComputeEnvironment = environment.Resource });
            return Task.CompletedTask;
        }, dependsOn: [WellKnownPipelineSteps.ValidateComputeEnvironments], requiredBy: [WellKnownPipelineSteps.BeforeStart]);
        environment.WithPipelineStepFactory("publish-place", context =>
        {
            foreach (var resource in context.Model.Resources.Where(r => r.GetDeploymentTargetAnnotation() is not null))
                _ran.Enqueue(resource.Name);
            return Task.CompletedTask;
        }, requiredBy: [WellKnownPipelineSteps.Publish]);

        await RunAsync(builder);

        Assert.Equal(["web"], _ran);
    }

    [Fact]
    public async Task A_failure_keeps_dependent_steps_from_running_and_no_others()
    {
        var builder = Publish("publish");
        builder.Pipeline.AddStep("breaks", _ => throw new InvalidOperationException("broken"));
        builder.Pipeline.AddStep("dependent", Run("dependent"), dependsOn: "breaks", requiredBy: "publish");
        builder.Pipeline.AddStep("other", Run("other"), requiredBy: "publish");

        // As with the real packages, the failure is logged and not thrown here.
        await RunAsync(builder);

        Assert.Equal(["other"], _ran);
    }

    [Theory]
    [InlineData("twice", "Duplicate step name: 'twice'")]
    [InlineData("lost", "Step 'lost' depends on unknown step 'nowhere'")]
    [InlineData("circle", "Circular dependency in pipeline steps: circle -> circle")]
    public async Task Steps_that_cannot_be_ordered_are_refused(string name, string message)
    {
        var builder = Publish(name);
        var place = builder.AddResource(new Place("place"));
        place.WithPipelineStepFactory(name, Run(name), dependsOn: name switch { "lost" => ["nowhere"], "circle" => ["circle"], _ => [] });
        if (name == "twice")
            place.WithPipelineStepFactory(name, Run(name));
        await using var app = await builder.BuildAsync();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => app.RunAsync(Deadline.Token));

        Assert.Equal(message, refusal.Message);
    }

    [Fact]
    public async Task A_step_writes_to_the_folder_asked_for()
    {
        using var folder = new TempFolder();
        var builder = Publish("write", "--output-path", folder.Path);
        var place = builder.AddResource(new Place("place"));
        builder.Pipeline.AddStep("write", context =>
        {
            var output = context.Services.GetRequiredService<IPipelineOutputService>();
            _ran.Enqueue(output.GetOutputDirectory());
            _ran.Enqueue(output.GetOutputDirectory(place.Resource));
            return Task.CompletedTask;
        });

        await RunAsync(builder);

        Assert.Equal([folder.Path, Path.Combine(folder.Path, "place")], _ran);
    }

    [Fact]
    public async Task A_parameter_without_a_value_fails_only_where_it_is_processed()
    {
        var builder = Publish("publish");
        var parameter = builder.AddParameter("host", secret: true);
        builder.Pipeline.AddStep("write", Run("write"), requiredBy: "publish");

        await RunAsync(builder);

        Assert.Equal(["write"], _ran);
        Assert.Equal("{host.value}", parameter.Resource.ValueExpression);
    }

    private static IDistributedApplicationTestingBuilder Publish(string step, params string[] more) =>
        DistributedApplicationTestingBuilder.Create(["--operation", "publish", "--step", step, .. more]);

    private static async Task RunAsync(IDistributedApplicationTestingBuilder builder)
    {
        await using var app = await builder.BuildAsync();
        await app.RunAsync(Deadline.Token);
    }

    private Func<PipelineStepContext, Task> Run(string name) => _ =>
    {
        _ran.Enqueue(name);
        return Task.CompletedTask;
    };

    private sealed class Place(string name) : Resource(name), IComputeEnvironmentResource;
}
