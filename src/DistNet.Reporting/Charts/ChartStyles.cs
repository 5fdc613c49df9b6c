namespace DistNet.Reporting;

/// <summary>How charts look: one style sheet for all of them, for light, dark and paper.</summary>
public static class ChartStyles
{
    /// <summary>Colours that can be told apart; classes c1 to c8.</summary>
    public const int Colours = 8;

    /// <summary>Number of the colour of what is nobody's work, such as waiting; class c0.</summary>
    public const int Muted = -1;

    /// <summary>The style sheet. It has no address and asks for nothing.</summary>
    public static string Css { get; } = StyleSheet.Read("charts.css");
}
