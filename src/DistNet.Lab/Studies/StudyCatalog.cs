using System.Text.Json;

namespace DistNet.Lab;

/// <summary>The studies that come with the program.</summary>
public static class StudyCatalog
{
    public static readonly IReadOnlyList<Study> All =
        [new StragglerStudy(), new LearningRateStudy(), new JitterStudy(), new MomentumStudy(), new LocalStudy()];

    /// <summary>Names and questions.</summary>
    public static string ToJson(IReadOnlyList<Study> studies) =>
        JsonSerializer.Serialize(new { Studies = studies.Select(study => new { study.Name, study.Question }) }, LabJson.Options);
}
