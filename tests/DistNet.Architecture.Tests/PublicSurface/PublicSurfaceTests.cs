using System.Reflection;

namespace DistNet.Architecture.Tests;

/// <summary>What packages offer changes only on purpose: it is listed in files, which are part of the change.</summary>
public sealed class PublicSurfaceTests
{
    private const string Accept = "DISTNET_ACCEPT_PUBLIC";

    public static TheoryData<string> Packed => [.. Names()];

    [Theory]
    [MemberData(nameof(Packed))]
    public void The_public_surface_is_the_committed_one(string assembly)
    {
        var now = SurfaceText.Of(Assembly.Load(assembly));
        var path = PathOf(assembly);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllLines(path, now);
        }

        var committed = File.Exists(path) ? File.ReadAllLines(path) : [];
        string[] differences = [.. committed.Except(now).Select(line => $"- {line}"), .. now.Except(committed).Select(line => $"+ {line}")];
        differences.ShouldBeEmpty($"what {assembly} offers has changed; if that is meant: {Accept}=1 dotnet test tests/DistNet.Architecture.Tests, and commit {path}");
        now.ShouldBe(committed);
    }

    [Fact]
    public void Every_list_is_of_a_package() =>
        Directory.EnumerateFiles(Path.GetDirectoryName(PathOf("any"))!, "*.txt").Select(Path.GetFileNameWithoutExtension).ShouldBe(Names(), ignoreOrder: true);

    /// <summary>The projects that are packed as libraries.</summary>
    private static IEnumerable<string> Names() => Repository.Projects
        .Where(project => File.ReadAllText(project) is var text && text.Contains("Package.props", StringComparison.Ordinal) && !text.Contains("PackAsTool", StringComparison.Ordinal))
        .Select(Repository.NameOf);

    private static string PathOf(string assembly) =>
        Path.Combine(Repository.Root, "tests", "DistNet.Architecture.Tests", "PublicSurface", $"{assembly}.txt");
}
