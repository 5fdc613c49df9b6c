namespace DistNet.Reporting;

/// <summary>How a report's page looks; charts have their own sheet.</summary>
internal static class ReportStyles
{
    public static string Css { get; } = StyleSheet.Read("report.css");
}
