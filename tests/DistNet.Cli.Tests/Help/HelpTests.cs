using System.Diagnostics;
using DistNet.TestKit;

namespace DistNet.Cli.Tests;

public sealed class HelpTests
{
    public static TheoryData<string> Verbs => [.. HelpExamples.ByVerb.Keys];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void The_help_of_a_verb_has_two_examples_or_more_of_itself(string verb)
    {
        HelpExamples.ByVerb[verb].Length.ShouldBeGreaterThanOrEqualTo(2);
        HelpExamples.ByVerb[verb].ShouldContain(example => example == verb || example.StartsWith($"{verb} ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tr", "train")]
    [InlineData("train --mo", "--mode", "--momentum")]
    [InlineData("train --mode ", "bsp", "asp", "ssp:2")]
    [InlineData("train --optimizer ada", "adam", "adamw", "adagrad")]
    [InlineData("train --data ", "digits", "iris", "moons")]
    [InlineData("train --preset ", "cancer-deep")]
    [InlineData("compare bsp --under ", "in-process", "cluster", "simulation")]
    [InlineData("bench ", "core", "step", "planes", "cluster", "simulator")]
    public async Task What_may_follow_is_suggested_to_a_shell(string typed, params string[] expected)
    {
        var runner = new CommandRunner();

        (await runner.RunAsync($"[suggest:{typed.Length}]", typed)).ShouldBe(ExitCode.Done);

        expected.ShouldBeSubsetOf(runner.Out.Split('\n', StringSplitOptions.TrimEntries));
    }

    [SkippableFact]
    public async Task Bash_completes_by_the_file_for_it()
    {
        Skip.IfNot(File.Exists("/bin/bash"), "needs /bin/bash");
        var script =
            $$"""
            distnet() { {{string.Join(' ', CommandProcess.Program.Select(part => $"'{part}'"))}} "$@"; }
            . '{{Repository.PathOf("deploy", "completion.bash")}}'
            COMP_LINE='distnet train --optimizer ada'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=($COMP_LINE); COMP_CWORD=3
            _distnet
            echo "${COMPREPLY[@]}"
            """;
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", script]) { RedirectStandardOutput = true })!;

        var completed = await bash.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));

        completed.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ShouldBe(["adagrad", "adam", "adamw"], ignoreOrder: true);
    }
}
