namespace FunctionalStack.IO;

/// <summary>A record type as listed in a file's type table: the file's fields in the file's order, matched by name.</summary>
/// <param name="Layout">The type in this version.</param>
/// <param name="FieldOf">The index in <paramref name="Layout"/> of each of the file's fields.</param>
internal sealed record FiledLayout(RecordLayout Layout, int[] FieldOf)
{
    private readonly int[] absent = [.. Enumerable.Range(0, Layout.Fields.Count).Except(FieldOf)];

    public object Read(PayloadReader from)
    {
        // The memory of the record, and of a box per field while it is created.
        from.Make(24 + 24L * Layout.Fields.Count);
        var values = new object?[Layout.Fields.Count];
        foreach (var field in FieldOf) values[field] = Layout.Shapes[field].Read(from);
        foreach (var field in absent) values[field] = Layout.Fields[field].Default;
        return Layout.Make(values);
    }

    public static void WriteTo(PayloadWriter to, RecordLayout layout)
    {
        to.Write(layout.Tag);
        to.Write(layout.Fields.Count);
        for (var i = 0; i < layout.Fields.Count; i++)
        {
            to.Write(layout.Fields[i].Name);
            to.Write(layout.Shapes[i].Name);
        }
    }

    public static FiledLayout ReadFrom(PayloadReader from, ModelRegistry registry)
    {
        var tag = from.ReadString();
        var layout = registry.LayoutOf(tag)
            ?? throw new Refusal($"the model has a '{tag}', which this version does not know", Refusal.UpdateOrPlugin);
        var fieldOf = new int[from.ReadCount(2 * sizeof(int))];
        for (var i = 0; i < fieldOf.Length; i++)
        {
            var (name, shape) = (from.ReadString(), from.ReadString());
            var field = Index(field => field.Name == name) is var known and >= 0 ? known : Index(field => field.FormerName == name);
            if (field < 0) throw new Refusal($"a '{tag}' has a field {name}, which this version does not know", Refusal.Update);
            if (layout.Shapes[field].Name != shape)
            {
                throw new Refusal($"the field {name} of a '{tag}' is {shape} in the file, but {layout.Shapes[field].Name} in this version",
                    Refusal.Update);
            }

            fieldOf[i] = field;
        }

        if (fieldOf.Distinct().Count() != fieldOf.Length) throw Refusal.Damaged($"the type table has a field of '{tag}' twice");
        var filed = new FiledLayout(layout, fieldOf);
        return filed.absent.FirstOrDefault(field => !layout.Fields[field].HasDefault, -1) is var missing and >= 0
            ? throw new Refusal($"a '{tag}' has no field {layout.Fields[missing].Name}",
                "The file was written by an older version: fit the model again.")
            : filed;

        int Index(Func<RecordConstructor.Field, bool> condition) =>
            Enumerable.Range(0, layout.Fields.Count).FirstOrDefault(at => condition(layout.Fields[at]), -1);
    }
}
