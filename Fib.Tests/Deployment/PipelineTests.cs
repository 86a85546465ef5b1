using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fib.Tests.Deployment.Infrastructure.Reading;
using Fib.Tests.Support;

namespace Fib.Tests.Deployment;

public sealed class PipelineTests
{
    /// <summary>
    /// Inputs of tasks that the schema lacks: a task of the AWS Toolkit, and version 2 of a Microsoft task. The first input is required.
    /// </summary>
    private static readonly Dictionary<string, string[]> OtherTasks = new()
    {
        ["AWSShellScript@1"] = ["filePath", "scriptType", "awsCredentials", "regionName", "arguments"],
        ["PublishCodeCoverageResults@2"] = ["summaryFileLocation", "pathToSources", "failIfCoverageEmpty"],
    };

    [Theory]
    [InlineData("azure-pipelines.yml", "pipeline")]
    [InlineData("deploy/pipelines/settings.yml", "variablesTemplate")]
    [InlineData("deploy/pipelines/prepare.yml", "stepsTemplate")]
    public void File_IsValidAgainstMicrosoftsSchema(string file, string definition)
    {
        var schema = Schemas.Find("azure-pipelines.json");
        Assert.SkipWhen(schema is null, Schemas.WhyMissing);
        var document = Pipeline.Read(file);
        var steps = Pipeline.Find(document, "steps").SelectMany(list => list!.AsArray()).Select(step => step!.AsObject());
        foreach (var step in steps.ToList())
            ReplaceOtherTask(step);
        Assert.Empty(JsonSchema.Read(schema, scalarsAreTexts: true).Check(document, definition));
    }

    [Fact]
    public void Stages_DependOnEachOtherInOrder() => Assert.Equal(
        [("Test", null), ("Images", "Test"), ("Bundle", "Images"), ("Deploy", "Bundle"), ("Registry", "Test"), ("Ecs", "Test")],
        Pipeline.Stages.Select(stage => (stage.Key, stage.Value["dependsOn"]?.GetValue<string>())));

    [Fact]
    public void PullRequests_RunOnlyTest()
    {
        Assert.Null(Pipeline.Stages["Test"]["condition"]);
        Assert.All(Pipeline.Stages.Where(stage => stage.Key != "Test"), stage =>
            Assert.StartsWith(
                "and(succeeded(), ne(variables['Build.Reason'], 'PullRequest'), ",
                Pipeline.Text(stage.Value["condition"]), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Images", "eq(variables['Build.SourceBranch'], 'refs/heads/main'))")]
    [InlineData("Bundle", "eq(variables['Build.SourceBranch'], 'refs/heads/main'))")]
    [InlineData("Deploy", "eq(variables['Build.SourceBranch'], 'refs/heads/main'))")]
    [InlineData("Registry", "startsWith(variables['Build.SourceBranch'], 'refs/tags/'))")]
    [InlineData("Ecs", "startsWith(variables['Build.SourceBranch'], 'refs/heads/release/'))")]
    public void Stage_RunsOnlyForItsBranches(string stage, string condition) =>
        Assert.EndsWith(condition, Pipeline.Text(Pipeline.Stages[stage]["condition"]), StringComparison.Ordinal);

    [Theory]
    [InlineData("Deploy")]
    [InlineData("Ecs")]
    public void Deployment_HasAnEnvironmentAndRunsSequentially(string stage)
    {
        Assert.Single(Pipeline.Find(Pipeline.Stages[stage], "environment"));
        Assert.Equal("sequential", Pipeline.Text(Pipeline.Stages[stage]["lockBehavior"]));
    }

    /// <summary>The credentials of a task are valid until its job ends, and the role allows that.</summary>
    [Fact]
    public void RoleSession_LastsAsLongAsTheLongestJob()
    {
        var longest = Pipeline.Find(Pipeline.Root, "timeoutInMinutes").Max(minutes => Number(minutes) * 60);
        var allowed = Template.Load("infrastructure.yaml").Properties("DeployerRole")["MaxSessionDuration"]!.GetValue<long>();
        Assert.InRange(int.Parse(Pipeline.Settings[Pipeline.RoleSessionDuration], CultureInfo.InvariantCulture), longest, allowed);
    }

    [Fact]
    public void Test_RunsOnceAndPublishesResultsAndCoverage()
    {
        Assert.Single(Pipeline.Stages["Test"]["jobs"]!.AsArray());
        Assert.Empty(Pipeline.Find(Pipeline.Stages["Test"], "strategy"));
        var test = Pipeline.Steps("Test").Single(step => step.ContainsKey("script"));
        Assert.InRange(Number(test["env"]!["ASPIRE_DEPENDENCY_CHECK_TIMEOUT"]), 120, int.MaxValue);
        var published = Pipeline.Steps("Test").Where(step => step.ContainsKey("task"))
            .Select(step => (Pipeline.Text(step["task"]), Pipeline.Text(step["condition"])));
        Assert.Equal([("PublishTestResults@2", "succeededOrFailed()"), ("PublishCodeCoverageResults@2", "succeededOrFailed()")], published);
        Assert.Contains("./fib test --coverage", Pipeline.Text("deploy/pipelines/test.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_CallExistingScripts()
    {
        string[] keys = ["script", "filePath"];
        var scripts = keys.SelectMany(key => Pipeline.Find(Pipeline.Root, key)).Select(Pipeline.Text).ToList();
        Assert.Equal(6, scripts.Count);
        Assert.All(scripts, script =>
        {
            Assert.DoesNotMatch("[;|&\n]", script);
            Assert.True(File.Exists(Path.Combine(Repository.Root, script.Split(' ')[0])), script);
        });
    }

    [Fact]
    public void Secrets_ArePassedAsVariablesAndNotInScripts()
    {
        var all = string.Concat(Pipeline.Files.Select(Pipeline.Text));
        var password = Assert.Single(Regex.Matches(Regex.Replace(all, "#.*", ""), "\\$\\(DOCKER_PASSWORD\\)"));
        Assert.Equal("$(DOCKER_PASSWORD)", Pipeline.Text(Assert.Single(Pipeline.Find(Pipeline.Root, "DOCKER_PASSWORD"))));
        Assert.DoesNotMatch("AWS_(ACCESS|SECRET)_KEY|AKIA", all);
        Assert.DoesNotContain("DOCKER_PASSWORD", Pipeline.Settings.Keys);
        // A group's checks apply to each stage that names it.
        Assert.Equal("docker", Pipeline.Text(Assert.Single(Pipeline.Find(Pipeline.Stages["Images"], "group"))));
        Assert.Single(Pipeline.Find(Pipeline.Root, "group"));
        Assert.Equal("aws", Assert.Single(Pipeline.Find(Pipeline.Root, "awsCredentials").Select(Pipeline.Text).Distinct()));
        Assert.True(password.Success);
    }

    [Fact]
    public void Images_AreTaggedWithTheCommit()
    {
        Assert.Equal("$(Build.SourceVersion)", Pipeline.Settings["IMAGE_TAG"]);
        Assert.All(Pipeline.Files, file => Assert.DoesNotMatch(":latest|--tag latest", Pipeline.Text(file)));
    }

    /// <summary>SourceBranchName is production for release/test/production, too.</summary>
    [Fact]
    public void BranchesAndTags_ArePassedWithTheirWholeName()
    {
        Assert.All(Pipeline.Files, file => Assert.DoesNotContain("(Build.SourceBranchName", Pipeline.Text(file), StringComparison.Ordinal));
        Assert.Equal("$(Build.SourceBranch)", Pipeline.Text(Pipeline.Stages["Registry"]["variables"]!["IMAGE_TAG"]));
        var ecs = Pipeline.Steps("Ecs").Single(step => step.ContainsKey("task"));
        Assert.Equal("$(Build.SourceBranch)", Pipeline.Text(ecs["inputs"]!["arguments"]));
    }

    private static int Number(JsonNode? node) => int.Parse(Pipeline.Text(node), CultureInfo.InvariantCulture);

    /// <summary>Checks the inputs of a task that the schema lacks, and replaces it by a step that the schema has.</summary>
    private static void ReplaceOtherTask(JsonObject step)
    {
        if (step["task"] is not { } task || !OtherTasks.TryGetValue(Pipeline.Text(task), out var known))
            return;
        var inputs = step["inputs"]!.AsObject().Select(input => input.Key).ToList();
        Assert.Contains(known[0], inputs);
        Assert.Empty(inputs.Except(known));
        step.Remove("task");
        step.Remove("inputs");
        step["script"] = "true";
    }
}
