namespace DistNet.Simulation.Tests;

public sealed class LinkTests
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    /// <summary>1 Mbit/s, so that 125 bytes take a millisecond.</summary>
    private static readonly LinkModel Slow = new() { Latency = DelayLaw.Constant(5 * Millisecond), BitsPerSecond = 1e6 };

    [Fact]
    public void Messages_that_come_at_once_are_received_one_after_the_other()
    {
        var lines = new NetworkLines(Slow, 1, 17, seed: 1);
        for (var sender = 1; sender <= 16; sender++)
        {
            lines.Send(sender, 125, Millisecond).ShouldBe(6 * Millisecond);
            lines.Receive(0, 125, 6 * Millisecond).ShouldBe((6 + sender) * Millisecond);
        }
    }

    [Fact]
    public void Messages_of_one_sender_leave_one_after_the_other()
    {
        var lines = new NetworkLines(Slow, 1, 3, seed: 1);
        lines.Send(0, 250, TimeSpan.Zero).ShouldBe(5 * Millisecond);
        lines.Send(0, 125, TimeSpan.Zero).ShouldBe(7 * Millisecond);
        lines.Send(0, 125, 10 * Millisecond).ShouldBe(15 * Millisecond);
        lines.Receive(1, 250, 5 * Millisecond).ShouldBe(7 * Millisecond);
        lines.Receive(2, 125, 7 * Millisecond).ShouldBe(8 * Millisecond);
    }

    [Theory]
    [InlineData("9600bit", 9600)]
    [InlineData("100Mbit", 1e8)]
    [InlineData("2.5Gbit", 2.5e9)]
    public void Rates_are_read(string text, double bits) => Bandwidth.Parse(text).ShouldBe(bits);

    [Theory]
    [InlineData("fast")]
    [InlineData("100MB")]
    [InlineData("0bit")]
    public void What_is_no_rate_says_so(string text) => Should.Throw<FormatException>(() => Bandwidth.Parse(text)).Message.ShouldContain("is not a rate");

    /// <summary>
    /// A step: the server sends its 8 copies of the parameters one after the other, and whoever has the last computes last; the others'
    /// gradients have come in by then. Small messages add their bytes, which are few beside four million.
    /// </summary>
    [Fact]
    public void A_step_waits_for_the_lines_of_its_server()
    {
        var step = (TimeAfter(60) - TimeAfter(20)) / 40;
        var transfer = TimeSpan.FromMilliseconds(4);
        (step / ((8 * transfer) + Millisecond + (10 * Millisecond) + Millisecond + transfer)).ShouldBe(1, 0.001);
    }

    private static TimeSpan TimeAfter(int steps)
    {
        var links = new LinkModel { BitsPerSecond = 8e9, RealParameters = 1_000_000, Latency = DelayLaw.Constant(Millisecond) };
        var setup = Simulated.Setup(new NoObjective(), "bsp", 8, steps, DelayLaw.Constant(10 * Millisecond));
        return Simulated.Run(setup with { Options = setup.Options with { Links = links } }).Result.VirtualTime;
    }

    [Fact]
    public void A_message_is_as_long_as_that_of_the_network_it_stands_for()
    {
        var links = new LinkModel { RealParameters = 1000 };
        links.BytesOf(tensorLength: 2, parameters: 2).ShouldBe(4000 + LinkModel.HeaderBytes);
        links.BytesOf(tensorLength: 1024, parameters: 2).ShouldBe(4000 + LinkModel.HeaderBytes);
        links.BytesOf(tensorLength: 1, parameters: 2).ShouldBe(2000 + LinkModel.HeaderBytes);
        LinkModel.Free.BytesOf(tensorLength: 7, parameters: 2).ShouldBe(28 + LinkModel.HeaderBytes);
        links.BytesOf(tensorLength: 0, parameters: 2).ShouldBe(LinkModel.HeaderBytes);
    }
}
