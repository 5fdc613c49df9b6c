using DistNet.TestKit;

namespace DistNet.Cli.Tests;

/// <summary>The command lines in README.md and docs are such as the program understands. That they do what is said is shown elsewhere.</summary>
public sealed class DocumentedCommandsTests
{
    private const string Program = "distnet ";

    public static TheoryData<string, string> Commands
    {
        get
        {
            var commands = new TheoryData<string, string>();
            foreach (var (page, command) in Pages.SelectMany(page => CommandsIn(page).Select(command => (Path.GetFileName(page), command))).Distinct())
            {
                commands.Add(page, command);
            }

            return commands;
        }
    }

    private static IEnumerable<string> Pages =>
        Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories).Append(Repository.PathOf("README.md"));

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_in_a_page_is_understood(string page, string command) =>
        UsageProblems.Of(DistNetCommand.Build(new CommandRunner().Host).Parse(HelpExamples.Words(command))).ShouldBeEmpty(page);

    /// <summary>Lines of code that begin with the program's name, without the remark behind them.</summary>
    private static IEnumerable<string> CommandsIn(string page) => File.ReadLines(page)
        .Select(line => line.Trim())
        .Where(line => line.StartsWith(Program, StringComparison.Ordinal))
        .Select(line => line[Program.Length..].Split(" # ", 2)[0].Trim())
        .Where(command => !command.Contains('`', StringComparison.Ordinal) && !command.EndsWith('\\') && !command.Contains('…', StringComparison.Ordinal));
}
