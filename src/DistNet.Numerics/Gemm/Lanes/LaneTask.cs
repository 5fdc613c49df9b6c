namespace DistNet.Numerics;

/// <summary>A <see cref="LaneProduct"/> divided among the members of a team. Reused from call to call.</summary>
internal sealed class LaneTask(GemmWorkspace workspace) : TeamTask
{
    private readonly LanePlan _plan = new();
    private GemmGrid _grid;
    private Matrix _a;
    private Matrix _c;
    private PackedMatrix? _b;

    public void Run(in LaneProduct product)
    {
        _plan.Make(product.Bounds);
        if (_plan.IsOneLaneOf(product.A.Rows))
        {
            workspace.ProductTask.Run(new MatrixProduct { A = product.A, TransposeA = true, Packed = product.B, C = product.C });
            return;
        }

        _a = product.A;
        _b = product.B;
        _c = product.C;
        _grid = GemmGrid.Choose(_c.Rows, _c.Columns, _a.Rows, workspace.Kernel, workspace.Team.Size);
        _grid.Run(this, workspace.Team);
        _b = null;
    }

    public override void Execute(int part, int member) =>
        workspace.Kernel.Multiply(_a, _b!, _plan, _c, _grid.Region(part), workspace.Scratch(member));
}
