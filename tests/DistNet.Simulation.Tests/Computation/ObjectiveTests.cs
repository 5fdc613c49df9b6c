using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

public sealed class ObjectiveTests
{
    private static readonly DelayLaw Service = DelayLaw.Constant(TimeSpan.FromMilliseconds(1));

    /// <summary>Without noise plain descent is w(t) = (1 - rate lambda)^t, in every coordinate.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_quadratic_descends_as_its_closed_form_says(int lanes)
    {
        var objective = new QuadraticObjective { Lambda = 2, Length = 5 };
        var setup = Simulated.Setup(objective, "bsp", lanes, 20, Service, rate: 0.1f);
        var losses = Losses(setup);
        losses.Count.ShouldBe(20);
        for (var t = 0; t < losses.Count; t++)
        {
            losses[t].ShouldBe(2 * 5 * Math.Pow(1 - 0.2, 2 * t) / 2, 1e-5);
        }
    }

    /// <summary>
    /// The noise floor of theory: stationary E f = rate noise^2 / (2 K (2 - rate lambda)) at lambda = 1. Losses of neighbouring updates are
    /// correlated with 1 - rate squared, so that 20 000 of them count as some 2000, of a standard deviation of sqrt(2) of the mean: 3.2 %.
    /// </summary>
    [Theory]
    [InlineData(1, 0.02632)]
    [InlineData(4, 0.00658)]
    public void The_noise_of_a_quadratic_is_that_of_a_unit(int lanes, double floor)
    {
        var setup = Simulated.Setup(new QuadraticObjective { Noise = 1 }, "bsp", lanes, 20_000, Service, rate: 0.1f);
        Losses(setup).Skip(200).Average().ShouldBe(floor, 4 * 0.032 * floor);
    }

    [Fact]
    public void Logistic_regression_has_the_gradient_of_its_loss()
    {
        var function = new LogisticObjective { Length = 6, Samples = 50, Lambda = 0.1 }.CreateFunction(seed: 5, parameters: 6);
        float[] weights = [0.3f, -1, 0.2f, 0.5f, -0.4f, 0.1f];
        var gradient = new float[6];
        function.Evaluate(3, 1, 20, weights, gradient);
        for (var i = 0; i < weights.Length; i++)
        {
            var (above, below) = ((float[])weights.Clone(), (float[])weights.Clone());
            (above[i], below[i]) = (weights[i] + 0.01f, weights[i] - 0.01f);
            var slope = (function.Evaluate(3, 1, 20, above, new float[6]) - function.Evaluate(3, 1, 20, below, new float[6])) / (above[i] - (double)below[i]);
            ((double)gradient[i]).ShouldBe(slope, 1e-4);
        }
    }

    [Fact]
    public void Logistic_regression_is_learned()
    {
        var losses = Losses(Simulated.Setup(new LogisticObjective { Samples = 5 }, "asp", 4, 4000, Service, rate: 0.2f));
        losses[0].ShouldBe(Math.Log(2), 1e-6);
        losses.TakeLast(200).Average().ShouldBeLessThan(0.05, "five samples in ten dimensions can be separated");
    }

    [Theory]
    [InlineData("quadratic", "quadratic:lambda=1,dimension=1,noise=0")]
    [InlineData("quadratic:noise=0.5,dimension=3", "quadratic:lambda=1,dimension=3,noise=0.5")]
    [InlineData("logistic:samples=20", "logistic:dimension=10,samples=20,lambda=0")]
    [InlineData("none", "none")]
    [InlineData("real", null)]
    public void Objectives_are_read(string text, string? expected) => ObjectiveText.Parse(text)?.ToString().ShouldBe(expected);

    [Theory]
    [InlineData("cubic", "is none of real")]
    [InlineData("quadratic:", "takes lambda, dimension, noise")]
    [InlineData("quadratic:sigma=1", "takes lambda, dimension, noise")]
    [InlineData("quadratic:noise=1,noise=2", "each once")]
    [InlineData("quadratic:noise=-1", "'-1' for noise")]
    [InlineData("logistic:dimension=0", "'0' for dimension")]
    public void What_is_no_objective_says_why(string text, string expected) =>
        Should.Throw<FormatException>(() => ObjectiveText.Parse(text)).Message.ShouldContain(expected);

    private static List<double> Losses(SimulationSetup setup)
    {
        var losses = new List<double>();
        Simulated.Run(setup with { Observer = (_, envelope) => { if (envelope is Envelope<Advanced> advanced) { losses.Add(advanced.Message.Loss); } } });
        return losses;
    }
}
