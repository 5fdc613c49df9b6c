namespace DistNet.Hosting;

/// <summary>Consecutive lanes as text.</summary>
public static class LaneText
{
    /// <summary>"5", "0..3", or nothing.</summary>
    public static string Of(int first, int end) => (end - first) switch
    {
        <= 0 => "",
        1 => $"{first}",
        _ => $"{first}..{end - 1}",
    };
}
