using Spectre.Console.Rendering;

namespace DistNet.Cli;

/// <summary>What is drawn on a terminal while something goes on. Called by the screen's one loop; who reports to the view does so from other threads.</summary>
internal interface ILiveView
{
    /// <summary>A line worth reading.</summary>
    public void Say(string line);

    /// <summary>The lines said since the last call: they stay above the picture and scroll away.</summary>
    public IReadOnlyList<string> TakeLines();

    /// <summary>The picture of this moment.</summary>
    /// <param name="width">Columns there are.</param>
    /// <param name="height">Rows it may take.</param>
    public IRenderable Draw(int width, int height);
}
