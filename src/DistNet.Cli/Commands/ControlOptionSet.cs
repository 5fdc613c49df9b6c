using System.CommandLine;
using DistNet.Cluster;
using DistNet.Hosting;

namespace DistNet.Cli;

/// <summary>Which control plane a cluster runs.</summary>
internal sealed class ControlOptionSet(CommandHost host)
{
    private readonly Option<string> _plane = CommonOptions.Choice(
        ControlOptions.Option, $"The cluster's control plane, see docs/akka.md [default: {ControlOptions.BuiltIn}, or what {ControlOptions.Variable} says]", ControlOptions.BuiltIn, ControlOptions.Akka);

    private readonly Option<string> _failover = CommonOptions.Choice(
        ControlOptions.FailoverOption, $"With {ControlOptions.Option} {ControlOptions.Akka}: how soon a silent node counts as dead [default: {ControlOptions.Standard}]", ControlOptions.Standard, ControlOptions.Fast);

    private readonly Option<string> _splitBrain = new(ControlOptions.SplitBrainOption)
    {
        HelpName = "STRATEGY",
        Description = $"With {ControlOptions.Option} {ControlOptions.Akka}: the side of a split cluster that goes on: {ControlOptions.KeepMajority}, {ControlOptions.KeepOldest}, {ControlOptions.StaticQuorum}N, {ControlOptions.DownAll} [default: {ControlOptions.KeepMajority}]",
    };

    private readonly Option<string> _hocon = new(ControlOptions.HoconOption) { HelpName = "FILE", Description = $"With {ControlOptions.Option} {ControlOptions.Akka}: Akka.NET settings that override all others" };

    /// <summary>For whoever runs nodes: with all that concerns them.</summary>
    public void AddTo(Command command)
    {
        AddPlaneTo(command);
        command.Add(_failover);
        command.Add(_splitBrain);
        command.Add(_hocon);
    }

    /// <summary>For whoever only talks to a cluster.</summary>
    public void AddPlaneTo(Command command) => command.Add(_plane);

    public IReadOnlyList<string> ProblemsOf(ParseResult parsed) => Of(parsed).Problems();

    /// <exception cref="UsageException">All that is wrong with them.</exception>
    public ControlOptions Read(ParseResult parsed) => Of(parsed) is var options && options.Problems() is { Count: > 0 } problems ? throw new UsageException(problems) : options;

    private ControlOptions Of(ParseResult parsed) => new()
    {
        Plane = parsed.GetValue(_plane) ?? (host.Environment.FirstOrDefault(pair => pair.Key == ControlOptions.Variable).Value is { Length: > 0 } plane ? plane : ControlOptions.BuiltIn),
        Failover = ValueOf(parsed, _failover),
        SplitBrain = ValueOf(parsed, _splitBrain),
        HoconPath = ValueOf(parsed, _hocon),
    };

    private static string? ValueOf(ParseResult parsed, Option<string> option) => parsed.GetResult(option) is null ? null : parsed.GetValue(option);
}
