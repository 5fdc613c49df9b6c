namespace DistNet.Architecture.Tests;

public sealed class LayerTests
{
    /// <summary>From the bottom up; a project refers only to lower ones. Equal numbers do not see each other.</summary>
    private static readonly Dictionary<string, int> Levels = new()
    {
        ["DistNet.Numerics"] = 0,
        ["DistNet.Learning"] = 1,
        ["DistNet.Protocol"] = 1,
        ["DistNet.Actors"] = 2,
        ["DistNet.Wire"] = 2,
        ["DistNet.Hosting"] = 3,
        ["DistNet.Bench"] = 5,
        ["DistNet.Lab"] = 5,
        ["DistNet.Simulation"] = 4,
        ["DistNet.Cluster"] = 4,
        ["DistNet.Reporting"] = 6,
        ["DistNet.Cluster.Akka"] = 5,
        ["DistNet.Cli"] = 7,
    };

    private static readonly string[] Pure = ["DistNet.Numerics", "DistNet.Learning", "DistNet.Protocol", "DistNet.Actors"];

    [Fact]
    public void References_go_down_only()
    {
        foreach (var project in Repository.Projects)
        {
            var name = Repository.NameOf(project);
            Levels.ShouldContainKey(name, "a new project: say where it stands");
            Repository.ReferencesOf(project).ShouldAllBe(reference => Levels[reference] < Levels[name], name);
        }
    }

    /// <summary>Wire turns messages into bytes: it needs neither actors nor networks, and nothing below the hosts needs it.</summary>
    [Fact]
    public void Wire_knows_messages_only_and_actors_do_not_know_wire()
    {
        var references = Repository.Projects.ToDictionary(Repository.NameOf, project => Repository.ReferencesOf(project).ToArray());
        references["DistNet.Wire"].ShouldBeSubsetOf(["DistNet.Protocol", "DistNet.Numerics"]);
        references.Where(project => project.Value.Contains("DistNet.Wire")).ShouldAllBe(project => Levels[project.Key] > Levels["DistNet.Wire"]);
    }

    [Fact]
    public void Pure_projects_ban_what_is_impure()
    {
        foreach (var project in Repository.Projects)
        {
            File.ReadAllText(project).Contains("PureCore.BannedSymbols.txt", StringComparison.Ordinal)
                .ShouldBe(Pure.Contains(Repository.NameOf(project)), project);
        }
    }

    [Fact]
    public void Every_type_is_in_the_namespace_of_its_project()
    {
        foreach (var project in Repository.Projects)
        {
            foreach (var file in Repository.Sources(Path.GetDirectoryName(project)!))
            {
                var named = File.ReadLines(file).Where(line => line.StartsWith("namespace ", StringComparison.Ordinal)).ToArray();
                named.ShouldAllBe(line => line == $"namespace {Repository.NameOf(project)};", file);
            }
        }
    }

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        Repository.Sources("src").Concat(Repository.Sources("tests")).ShouldAllBe(file => File.ReadLines(file).Count() <= 400);

    [Fact]
    public void No_test_sleeps()
    {
        string[] waits = ["Thread." + "Sleep", "Task." + "Delay"];
        Repository.Sources("tests").Where(file => waits.Any(File.ReadAllText(file).Contains)).ShouldBeEmpty();
    }
}
