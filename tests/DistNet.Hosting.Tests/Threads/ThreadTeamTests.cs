using DistNet.Numerics;

namespace DistNet.Hosting.Tests;

public sealed class ThreadTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_part_of_every_task_is_done_once(int size)
    {
        using var team = new ThreadTeam(size);
        var task = new CountingTask(size);
        for (var round = 0; round < 2000; round++)
        {
            var parts = round % 7;
            task.Clear();
            team.Run(task, parts);
            task.Counts.ShouldBe(Enumerable.Range(0, 7).Select(part => part < parts ? 1 : 0));
        }
    }

    [Fact]
    public void A_member_does_one_part_at_a_time()
    {
        using var team = new ThreadTeam(3);
        var task = new MemberTask(3);
        for (var round = 0; round < 500; round++)
        {
            team.Run(task, 8);
        }

        task.Collisions.ShouldBe(0);
    }

    [Fact]
    public void Members_work_at_the_same_time()
    {
        using var team = new ThreadTeam(2);
        using var meeting = new Barrier(2);
        team.Run(new MeetingTask(meeting), 2);
        meeting.CurrentPhaseNumber.ShouldBe(1);
    }

    [Fact]
    public void A_failed_part_reaches_the_caller_and_the_team_goes_on()
    {
        using var team = new ThreadTeam(2);
        for (var part = 0; part < 4; part++)
        {
            Should.Throw<InvalidDataException>(() => team.Run(new FailingTask(part), 4)).Message.ShouldBe($"part {part}");
        }

        var task = new CountingTask(2);
        team.Run(task, 5);
        task.Counts.Sum().ShouldBe(5);
    }

    [Fact]
    public void A_second_caller_is_refused()
    {
        using var team = new ThreadTeam(1);
        Should.Throw<InvalidOperationException>(() => team.Run(new NestedTask(team), 1)).Message.ShouldContain("another task");
    }

    [Fact]
    public void A_disposed_team_refuses_work()
    {
        var team = new ThreadTeam(2);
        team.Dispose();
        Should.Throw<ObjectDisposedException>(() => team.Run(new CountingTask(2), 1));
    }

    [Fact]
    public void Tasks_allocate_nothing()
    {
        using var team = new ThreadTeam(2);
        var task = new CountingTask(2);
        team.Run(task, 4);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
        {
            team.Run(task, 4);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public unsafe void Products_of_a_team_have_the_bits_of_the_caller_alone()
    {
        const int M = 200, N = 150, K = 130;
        using var a = new AlignedBuffer(M * K);
        using var b = new AlignedBuffer(K * N);
        using var alone = new AlignedBuffer(M * N);
        using var shared = new AlignedBuffer(M * N);
        Luck.Key(1, LuckPurpose.Generator, 1).Uniform(0, a.Span);
        Luck.Key(1, LuckPurpose.Generator, 2).Uniform(0, b.Span);
        using var team = new ThreadTeam(3);
        using var one = new GemmWorkspace();
        using var many = new GemmWorkspace(team);
        var product = new MatrixProduct { A = new Matrix(a.Pointer, M, K), B = new Matrix(b.Pointer, K, N), C = new Matrix(alone.Pointer, M, N) };
        Gemm.Multiply(product, one);
        for (var round = 0; round < 50; round++)
        {
            shared.Span.Clear();
            Gemm.Multiply(product with { C = new Matrix(shared.Pointer, M, N) }, many);
            shared.Span.SequenceEqual(alone.Span).ShouldBeTrue();
        }
    }

    private sealed class CountingTask(int members) : TeamTask
    {
        public int[] Counts { get; } = new int[7];

        public void Clear() => Counts.AsSpan().Clear();

        public override void Execute(int part, int member)
        {
            if ((uint)member >= (uint)members)
            {
                throw new InvalidOperationException("no such member");
            }

            Interlocked.Increment(ref Counts[part]);
        }
    }

    private sealed class MemberTask(int members) : TeamTask
    {
        private readonly int[] _inside = new int[members];
        private int _collisions;

        public int Collisions => _collisions;

        public override void Execute(int part, int member)
        {
            if (Interlocked.Increment(ref _inside[member]) != 1)
            {
                Interlocked.Increment(ref _collisions);
            }

            Thread.SpinWait(50);
            Interlocked.Decrement(ref _inside[member]);
        }
    }

    private sealed class MeetingTask(Barrier meeting) : TeamTask
    {
        public override void Execute(int part, int member) => meeting.SignalAndWait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
    }

    private sealed class FailingTask(int bad) : TeamTask
    {
        public override void Execute(int part, int member)
        {
            if (part == bad)
            {
                throw new InvalidDataException($"part {part}");
            }
        }
    }

    private sealed class NestedTask(ThreadTeam team) : TeamTask
    {
        public override void Execute(int part, int member) => team.Run(this, 1);
    }
}
