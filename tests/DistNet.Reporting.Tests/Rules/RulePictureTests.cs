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

    [Theory]
    [InlineData("bsp", true, false)]
    [InlineData("ksync:3", true, true)]
    [InlineData("kbatchsync:3", false, true)]
    [InlineData("kasync:3", true, false)]
    [InlineData("kbatchasync:3", false, false)]
    [InlineData("asp", false, false)]
    [InlineData("ssp:2", true, false)]
    [InlineData("local:3", true, false)]
    [InlineData("easgd:0.1", false, false)]
    public void A_picture_shows_waiting_and_cancelled_units_where_the_page_tells_of_them(string rule, bool waits, bool cancels)
    {
        var picture = RulePicture.Of(rule, RulePlay.Of(rule));
        picture.Spans.Any(span => span.Kind == RulePicture.Cancelled).ShouldBe(cancels);
        picture.Spans.Any(span => span.Kind == RulePicture.Waits).ShouldBe(waits);
        picture.Marks!.At.Count.ShouldBeGreaterThan(1);
    }

    private static string PathOf(string rule) => Repository.PathOf("docs", "images", "rules", $"{NameOf(rule)}.svg");

    private static string NameOf(string rule) => rule.Split(':')[0];
}
