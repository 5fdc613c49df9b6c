namespace DistNet.Actors;

/// <summary>Which updates are measured: it costs a pass over weights that are read anyway, and once more.</summary>
internal static class DriftPolicy
{
    private const int Every = 32;

    public static bool Measures(long version) => version % Every == 1;
}
