namespace FunctionalStack;

/// <summary>Copies cells of the row.</summary>
internal sealed class PickCells(int[] places) : RowFunction
{
    /// <summary>The map that keeps some of the columns.</summary>
    public static RowMap Kept(Frame kept, Frame columns) =>
        new(kept, new PickCells([.. kept.Columns.Select(column => columns.PlaceOf(column.Name)!.Value)]));

    public override int Count => places.Length;

    public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
    {
        for (var i = 0; i < places.Length; i++) results[i] = row[places[i]];
        return true;
    }
}

/// <summary>The second function of the results of the first.</summary>
internal sealed class ChainedFunction(RowFunction first, RowFunction second) : RowFunction
{
    public override int Count => second.Count;

    public override int Scratch => first.Count + Math.Max(first.Scratch, second.Scratch);

    public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
    {
        var between = scratch[..first.Count];
        var rest = scratch[first.Count..];
        return first.Run(row, between, rest) && second.Run(row.With(between), results, rest);
    }
}

/// <summary>The results of several functions of one row, one after another.</summary>
internal sealed class JoinedFunctions(RowFunction[] parts) : RowFunction
{
    public override int Count { get; } = parts.Sum(part => part.Count);

    public override int Scratch { get; } = parts.Select(part => part.Scratch).DefaultIfEmpty().Max();

    public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
    {
        foreach (var part in parts)
        {
            if (!part.Run(row, results[..part.Count], scratch)) return false;
            results = results[part.Count..];
        }

        return true;
    }
}

/// <summary>The mean of several functions of one row, summed in their order.</summary>
internal sealed class MeanFunction(RowFunction[] members) : RowFunction
{
    public override int Count => members[0].Count;

    public override int Scratch { get; } = members[0].Count + members.Max(member => member.Scratch);

    public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
    {
        var own = scratch[..Count];
        var rest = scratch[Count..];
        if (!members[0].Run(row, results, rest)) return false;
        foreach (var member in members.AsSpan(1))
        {
            if (!member.Run(row, own, rest)) return false;
            for (var i = 0; i < own.Length; i++) results[i] += own[i];
        }

        foreach (ref var result in results) result /= members.Length;
        return true;
    }
}
