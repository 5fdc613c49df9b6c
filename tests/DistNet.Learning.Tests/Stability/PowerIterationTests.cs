using DistNet.Numerics;

namespace DistNet.Learning.Tests;

public sealed class PowerIterationTests
{
    private const ulong Seed = 5;

    private delegate void Gradient(ReadOnlySpan<float> weights, Span<float> gradient);

    /// <summary>Curvatures 1 to 10 along random directions that are at right angles: I - 2 u u' turns the axes to them.</summary>
    [Fact]
    public void Of_a_quadratic_it_is_the_greatest_eigenvalue()
    {
        const int Length = 10;
        var u = Normals(Length, 1);
        var norm = u.Sum(x => x * x);
        var iteration = new PowerIteration(Length, Luck.Key(Seed, LuckPurpose.Curvature));
        var estimates = Estimates(iteration, Normals(Length, 2), 80, Quadratic);
        estimates[^1].ShouldBe(10, 1e-3);
        estimates.ShouldAllBe(estimate => estimate < 10 + 1e-3);
        estimates[2].ShouldBeGreaterThan(7);

        void Quadratic(ReadOnlySpan<float> weights, Span<float> gradient)
        {
            var turned = Reflect(weights);
            for (var i = 0; i < Length; i++)
            {
                turned[i] *= i + 1;
            }

            Reflect(turned).CopyTo(gradient);
        }

        float[] Reflect(ReadOnlySpan<float> values)
        {
            var along = 0f;
            for (var i = 0; i < Length; i++)
            {
                along += 2 * u[i] * values[i] / norm;
            }

            var reflected = values[..Length].ToArray();
            for (var i = 0; i < Length; i++)
            {
                reflected[i] -= along * u[i];
            }

            return reflected;
        }
    }

    [Fact]
    public void Of_a_logistic_regression_it_is_that_of_its_hessian()
    {
        const int Length = 6;
        const int Samples = 50;
        var x = Normals(Samples * Length, 3);
        var weights = Normals(Length, 4);
        var iteration = new PowerIteration(Length, Luck.Key(Seed, LuckPurpose.Curvature));
        Estimates(iteration, weights, 60, Logistic)[^1].ShouldBe(Samples * Greatest(Hessian()), 2e-3 * Samples);

        // The gradient, summed over samples that are all of class 0: sum over s of p(s) x(s).
        void Logistic(ReadOnlySpan<float> at, Span<float> gradient)
        {
            gradient.Clear();
            for (var s = 0; s < Samples; s++)
            {
                var p = Probability(at, s);
                for (var i = 0; i < Length; i++)
                {
                    gradient[i] += (float)(p * x[(s * Length) + i]);
                }
            }
        }

        double[,] Hessian()
        {
            var hessian = new double[Length, Length];
            for (var (s, p) = (0, 0.0); s < Samples; s++)
            {
                p = Probability(weights, s);
                for (var i = 0; i < Length * Length; i++)
                {
                    hessian[i / Length, i % Length] += p * (1 - p) * x[(s * Length) + (i / Length)] * x[(s * Length) + (i % Length)] / Samples;
                }
            }

            return hessian;
        }

        double Probability(ReadOnlySpan<float> at, int sample)
        {
            var margin = 0.0;
            for (var i = 0; i < Length; i++)
            {
                margin += at[i] * x[(sample * Length) + i];
            }

            return 1 / (1 + Math.Exp(-margin));
        }
    }

    [Fact]
    public void Where_the_loss_is_flat_or_bends_down_it_says_so_and_goes_on()
    {
        var iteration = new PowerIteration(3, Luck.Key(Seed, LuckPurpose.Curvature));
        Estimates(iteration, [1, 2, 3], 1, static (_, gradient) => gradient.Clear()).ShouldBe([0]);
        double.IsFinite(Estimates(iteration, [1, 2, 3], 1, static (_, gradient) => gradient.Fill(float.NaN))[0]).ShouldBeFalse();
        Estimates(iteration, [1, 2, 3], 2, static (weights, gradient) => LocalStep.Apply(new float[3], weights, gradient, 2))[^1].ShouldBe(-2, 1e-3);
    }

    [Fact]
    public void Parts_of_samples_and_parameters_are_added_and_divided_by_the_samples()
    {
        var whole = new PowerIteration(4, Luck.Key(Seed, LuckPurpose.Curvature));
        float[] weights = [1, -1, 2, 0];
        var point = new float[4];
        whole.Begin(weights);
        foreach (var side in (int[])[1, -1])
        {
            whole.Point(weights, side, point);
            for (var sample = 0; sample < 5; sample++)
            {
                whole.Add(side, 2, point.AsSpan(2));
                whole.Add(side, 0, point.AsSpan(0, 2));
            }
        }

        whole.Turn(samples: 5).ShouldBe(1, 1e-3);
    }

    private static List<double> Estimates(PowerIteration iteration, float[] weights, int count, Gradient gradient)
    {
        var point = new float[weights.Length];
        var sum = new float[weights.Length];
        var estimates = new List<double>();
        while (estimates.Count < count)
        {
            iteration.Begin(weights);
            foreach (var side in (int[])[1, -1])
            {
                iteration.Point(weights, side, point);
                gradient(point, sum);
                iteration.Add(side, 0, sum);
            }

            estimates.Add(iteration.Turn(samples: 1));
        }

        return estimates;
    }

    /// <summary>By power iteration on the matrix itself.</summary>
    private static double Greatest(double[,] matrix)
    {
        var length = matrix.GetLength(0);
        var vector = Enumerable.Repeat(1.0, length).ToArray();
        var value = 0.0;
        for (var turn = 0; turn < 1000; turn++)
        {
            var next = Enumerable.Range(0, length).Select(i => Enumerable.Range(0, length).Sum(j => matrix[i, j] * vector[j])).ToArray();
            value = Math.Sqrt(next.Sum(each => each * each));
            vector = [.. next.Select(each => each / value)];
        }

        return value;
    }

    private static float[] Normals(int count, uint which)
    {
        var key = Luck.Key(Seed, LuckPurpose.Generator, which);
        return [.. Enumerable.Range(0, count).Select(i => key.Normal((ulong)i))];
    }
}
