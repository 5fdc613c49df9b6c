namespace DistNet.Lab;

/// <summary>What the figures of a study say to one question.</summary>
/// <param name="Name">The question in a word or two.</param>
/// <param name="Holds">Whether they say what the study is there to show.</param>
/// <param name="Text">What they say, in a sentence made of them.</param>
public sealed record StudyFinding(string Name, bool Holds, string Text);
