namespace DistNet.Learning;

/// <summary>
/// Rows of activations are padded to whole cache lines, so that elementwise loops only ever see whole vectors.
/// The padding is never read by a product; it holds finite numbers of no meaning.
/// </summary>
internal static class Padding
{
    public const int Floats = 16;

    public static int Of(int columns) => (columns + Floats - 1) / Floats * Floats;
}
