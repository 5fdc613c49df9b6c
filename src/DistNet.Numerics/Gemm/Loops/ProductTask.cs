namespace DistNet.Numerics;

/// <summary>A <see cref="MatrixProduct"/> divided among the members of a team. Reused from call to call.</summary>
internal sealed class ProductTask(GemmWorkspace workspace) : TeamTask
{
    private MatrixProduct _product;
    private GemmGrid _grid;

    public void Run(in MatrixProduct product)
    {
        _product = product;
        _grid = GemmGrid.Choose(product.C.Rows, product.C.Columns, product.Depth, workspace.Kernel, workspace.Team.Size);
        _grid.Run(this, workspace.Team);
        _product = default;
    }

    public override void Execute(int part, int member) =>
        workspace.Kernel.Multiply(_product, _grid.Region(part), workspace.Scratch(member));
}
