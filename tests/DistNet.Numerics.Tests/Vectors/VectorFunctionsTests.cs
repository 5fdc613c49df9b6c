using System.Numerics;

namespace DistNet.Numerics.Tests;

public sealed class VectorFunctionsTests
{
    private static readonly float[] Inputs = [.. Points()];

    [Fact]
    public void Exp_is_accurate() => ShouldAgree(VectorFunctions.Exp, Math.Exp, x => x is > -87 and < 88);

    [Fact]
    public void Sigmoid_is_accurate() => ShouldAgree(VectorFunctions.Sigmoid, x => 1 / (1 + Math.Exp(-x)), x => x > -80);

    [Fact]
    public void Tanh_is_accurate() => ShouldAgree(VectorFunctions.Tanh, Math.Tanh, _ => true);

    [Fact]
    public void ExpM1_is_accurate() => ShouldAgree(VectorFunctions.ExpM1, ExpM1, x => x < 80);

    [Fact]
    public void LogP1_is_accurate() => ShouldAgree(VectorFunctions.LogP1, LogP1, x => x is >= 0 and <= 1);

    [Fact]
    public void Extremes_do_not_give_NaN()
    {
        At(VectorFunctions.Exp, 0).ShouldBe(1);
        At(VectorFunctions.Exp, float.NegativeInfinity).ShouldBe(0);
        At(VectorFunctions.Exp, 88.73f).ShouldBe(float.PositiveInfinity);
        At(VectorFunctions.Sigmoid, -1e30f).ShouldBe(0);
        At(VectorFunctions.Sigmoid, 1e30f).ShouldBe(1);
        At(VectorFunctions.Tanh, -1e30f).ShouldBe(-1);
        At(VectorFunctions.Tanh, float.PositiveInfinity).ShouldBe(1);
        At(VectorFunctions.ExpM1, float.NegativeInfinity).ShouldBe(-1);
    }

    [Fact]
    public void NaN_stays_NaN()
    {
        At(VectorFunctions.Exp, float.NaN).ShouldBe(float.NaN);
        At(VectorFunctions.Sigmoid, float.NaN).ShouldBe(float.NaN);
        At(VectorFunctions.Tanh, float.NaN).ShouldBe(float.NaN);
        At(VectorFunctions.ExpM1, float.NaN).ShouldBe(float.NaN);
        At(VectorFunctions.LogP1, float.NaN).ShouldBe(float.NaN);
    }

    private static void ShouldAgree(Func<Vector<float>, Vector<float>> function, Func<double, double> exact, Func<float, bool> inDomain)
    {
        foreach (var x in Inputs.Where(inDomain))
        {
            double actual = At(function, x), expected = exact(x);
            Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo((5e-7 * Math.Abs(expected)) + 1e-38, $"at {x}");
        }
    }

    private static float At(Func<Vector<float>, Vector<float>> function, float x) => function(new Vector<float>(x))[0];

    private static double ExpM1(double x) => Math.Abs(x) > 1e-4 ? Math.Exp(x) - 1 : x + (x * x / 2) + (x * x * x / 6);

    private static double LogP1(double x) => x > 1e-4 ? Math.Log(1 + x) : x - (x * x / 2) + (x * x * x / 3);

    private static IEnumerable<float> Points()
    {
        for (var exponent = -30; exponent < 7; exponent++)
        {
            for (var part = 0; part < 16; part++)
            {
                var x = MathF.ScaleB(1 + (part / 16f), exponent);
                yield return x;
                yield return -x;
            }
        }
    }
}
