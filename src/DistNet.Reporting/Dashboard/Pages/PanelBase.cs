using Microsoft.AspNetCore.Components;

namespace DistNet.Reporting;

/// <summary>A part of the page: a picture of one moment.</summary>
public abstract class PanelBase : ComponentBase
{
    private protected PanelBase()
    {
    }

    /// <summary>The moment. Components are public, what they show is not.</summary>
    [Parameter, EditorRequired]
    public object Moment { get; set; } = null!;

    private protected DashboardView View => (DashboardView)Moment;

    /// <summary>Null: there is none yet.</summary>
    private protected RunView? Run => View.Run;
}
