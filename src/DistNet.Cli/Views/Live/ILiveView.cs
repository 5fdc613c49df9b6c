using Spectre.Console.Rendering;

namespace DistNet.Cli;

/// <summary>What is drawn on a terminal while something goes on. Drawn by the screen's one loop; who reports to the view does so from other threads.</summary>
internal interface ILiveView
{
    /// <summary>They stay above the picture and scroll away.</summary>
    public SaidLines Lines { get; }

    /// <summary>The picture of this moment.</summary>
    /// <param name="width">Columns there are.</param>
    /// <param name="height">Rows it may take.</param>
    public IRenderable Draw(int width, int height);
}
