using DistNet.Learning;
using DistNet.Numerics;

namespace DistNet.TestKit;

/// <summary>Samples without sense, the same in every run: uniform features in [-0.5, 0.5) and three classes in turn.</summary>
public static class DrawnData
{
    public static DataSet Of(int rows, int features)
    {
        var luck = Luck.Key(9, LuckPurpose.Generator);
        var values = new float[rows * features];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)luck.Uniform((uint)i) - 0.5f;
        }

        var info = new DataSetInfo("drawn", features, ["a", "b", "c"], [features]);
        return new DataSet(info, values, [.. Enumerable.Range(0, rows).Select(row => row % 3)]);
    }
}
