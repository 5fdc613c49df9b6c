using System.CommandLine;
using DistNet.Hosting;
using DistNet.Reporting;

namespace DistNet.Cli;

/// <summary>How a verb is asked for a live page.</summary>
internal sealed class DashboardOptionSet
{
    private readonly Option<string> _where = new(DashboardOptions.Option)
    {
        HelpName = "PORT|HOST:PORT",
        Arity = ArgumentArity.ZeroOrOne,
        Description = $"Show the run as it goes on a web page, on this machine alone unless it has a token [default: {DashboardOptions.StandardPort}; 0: any free port]",
    };

    private readonly Option<string> _tokenFile = new(DashboardOptions.TokenOption) { HelpName = "FILE", Description = "File with a secret that whoever looks at the page must give" };

    public void AddTo(Command command)
    {
        command.Add(_where);
        command.Add(_tokenFile);
    }

    public bool IsAsked(ParseResult parsed) => parsed.GetResult(_where) is { Implicit: false };

    /// <summary>The page asked for; null: none. Throws <see cref="UsageException"/> with all mistakes.</summary>
    public DashboardOptions? Read(ParseResult parsed)
    {
        var token = parsed.GetValue(_tokenFile);
        return IsAsked(parsed) ? DashboardOptions.Read(parsed.GetValue(_where), token)
            : token is null ? null
            : throw new UsageException($"{DashboardOptions.TokenOption}: there is no page that it could be for; add {DashboardOptions.Option}");
    }

    /// <summary>The same for a process that is started for it: checked, and with a port that stays the same when that process is started again.</summary>
    public IReadOnlyList<string> ArgumentsFor(DashboardOptions page, ParseResult parsed) =>
    [
        DashboardOptions.Option,
        $"{page.Listen}",
        .. parsed.GetValue(_tokenFile) is { } file ? [DashboardOptions.TokenOption, Path.GetFullPath(file)] : Array.Empty<string>(),
    ];

    /// <summary>What is wrong with them, one line each.</summary>
    public IReadOnlyList<string> ProblemsOf(ParseResult parsed) => UsageProblems.In(() => Read(parsed));
}
