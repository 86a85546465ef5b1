using System.Reflection;

namespace StandIns.Tests.Api;

/// <summary>A stand-in offers nothing the real package does not, and marks what it offers as the real package does.</summary>
public class ApiTests
{
    private static readonly string[] Names =
        [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "Aspire.*.dll").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Assemblies => [.. Names];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_member_is_one_of_the_real_package(string name)
    {
        var surplus = Standing(name).Except(Real(name)).ToList();

        Assert.True(surplus.Count == 0, $"{name} has what the real package has not:{Environment.NewLine}{string.Join(Environment.NewLine, surplus)}");
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_mark_of_the_real_package_is_there(string name)
    {
        var standing = Standing(name).ToHashSet();
        var members = standing.Select(line => line.Split(" -> ")[0].Split(" {")[0].Split(" : ")[0]).Concat(standing.Where(l => l[0] == 'T').Select(l => l.Split(' ')[0])).ToHashSet();

        var missing = Real(name).Where(l => l.StartsWith("A:", StringComparison.Ordinal) && members.Contains(l[2..].Split(" [")[0]) && !standing.Contains(l)).ToList();

        Assert.True(missing.Count == 0, $"{name} lacks marks the real package has:{Environment.NewLine}{string.Join(Environment.NewLine, missing)}");
    }

    [Fact]
    public void The_hosting_stand_ins_are_among_those_compared() =>
        Assert.Superset(new HashSet<string> { "Aspire.Hosting", "Aspire.Hosting.PostgreSQL", "Aspire.Hosting.Redis", "Aspire.Hosting.Testing" }, Names.ToHashSet());

    private static IEnumerable<string> Standing(string name) => new ApiPrinter().Print(Assembly.Load(name));

    // The package Aspire.Hosting.AppHost brings build files and references, and no members.
    private static string[] Real(string name) =>
        name == "Aspire.Hosting.AppHost" ? [] : File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Api", name + ".txt"));
}
