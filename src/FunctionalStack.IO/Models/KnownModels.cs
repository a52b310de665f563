namespace FunctionalStack.IO;

public sealed partial class ModelRegistry
{
    /// <summary>Every model and map of this library. A tag, once released, is never given to another type.</summary>
    public static ModelRegistry Default { get; } = Empty
        .Add<PipelineModel>("pipeline")
        .Add<CrossFitMap>("crossFit")
        .Add<UnionMap>("union")
        .Add<ChainMap>("chain")
        .Add<Identity>("identity")
        .Add<SelectColumns>("columns")
        .Add<StackOn>("stackOn")
        .Add<Target.Classes>("classes")
        .Add<Target.Values>("values");
}
