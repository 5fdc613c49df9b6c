using System.Text;

namespace DistNet.Reporting.Tests;

/// <summary>The pictures of docs/update-rules.md show what the rules do now. Time is virtual, so that equal rules draw equal pictures.</summary>
public sealed class RulePictureTests
{
    private const string Accept = "DISTNET_ACCEPT_PICTURES";
    private const int MostBytes = 40_000;

    private static readonly string[] Drawn = ["bsp", "ksync:3", "kbatchsync:3", "kasync:3", "kbatchasync:3", "asp", "ssp:2", "local:3", "easgd:0.1"];

    public static TheoryData<string> Rules => [.. Drawn];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_rules_picture_is_the_committed_one(string rule)
    {
        var now = SvgFile.Of(await HtmlText.OfModelAsync<Gantt>(RulePicture.Of(rule, RulePlay.Of(rule))));
        var path = PathOf(rule);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            await File.WriteAllTextAsync(path, now);
        }

        var committed = File.Exists(path) ? (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n") : "";
        (committed == now).ShouldBeTrue($"{rule} draws another picture; if that is meant: {Accept}=1 dotnet test tests/DistNet.Reporting.Tests, and commit {path}");
        Encoding.UTF8.GetByteCount(now).ShouldBeLessThan(MostBytes);
    }

    [Fact]
    public void Every_picture_is_of_a_rule_and_in_the_page()
    {
        var names = Drawn.Select(NameOf).ToArray();
        Directory.EnumerateFiles(Path.GetDirectoryName(PathOf("any"))!).Select(Path.GetFileNameWithoutExtension).ShouldBe(names, ignoreOrder: true);
        var page = File.ReadAllText(Repository.PathOf("docs", "update-rules.md"));
        names.ShouldAllBe(name => page.Contains($"(images/rules/{name}.svg)", StringComparison.Ordinal));
    }

    private static string PathOf(string rule) => Repository.PathOf("docs", "images", "rules", $"{NameOf(rule)}.svg");

    private static string NameOf(string rule) => rule.Split(':')[0];
}
