using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

public sealed class FaultDrawTests
{
    private const int Seeds = 300;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);
    private static readonly ActorId[] Nodes = [ActorId.Coordinator, ActorId.Server(0), ActorId.Server(1), ActorId.Worker(0), ActorId.Worker(1), ActorId.Worker(2)];

    public static IEnumerable<FaultPlan> Plans => Enumerable.Range(0, Seeds).Select(seed => FaultPlan.Draw((ulong)seed, Nodes, Duration));

    [Fact]
    public void The_same_seed_draws_the_same_plan() =>
        Plans.Select(plan => plan.ToJson()).ShouldBe(Plans.Select(plan => plan.ToJson()));

    [Fact]
    public void Every_kind_is_drawn() =>
        Plans.SelectMany(plan => plan.Faults).Select(fault => fault.Kind).Distinct().Count().ShouldBe(Enum.GetValues<FaultKind>().Length);

    [Fact]
    public void What_is_drawn_is_right_and_is_over_in_time()
    {
        foreach (var plan in Plans)
        {
            plan.Faults.Length.ShouldBeInRange(1, 4);
            plan.ProblemsFor(Nodes).ShouldBeEmpty();
            FaultPlan.Parse(plan.ToJson(), $"seed {plan.Seed}").Faults.ToArray().ShouldBe(plan.Faults);
            plan.Faults.ShouldAllBe(fault => fault.Start.At + (Length(fault) ?? TimeSpan.MaxValue) <= Duration);
        }
    }

    [Fact]
    public void Kinds_and_numbers_are_as_asked()
    {
        var options = new FaultDrawOptions { Fewest = 6, Most = 6, Kinds = [FaultKind.Pause, FaultKind.Drop] };

        var faults = FaultPlan.Draw(3, Nodes, Duration, options).Faults;

        faults.Length.ShouldBe(6);
        faults.ShouldAllBe(fault => fault.Kind == FaultKind.Pause || fault.Kind == FaultKind.Drop);
    }

    private static TimeSpan? Length(Fault fault) => fault switch
    {
        KillFault kill => kill.RestartAfter,
        TearFault tear => tear.RestartAfter,
        _ => fault.For,
    };
}
