namespace FunctionalStack.IO;

/// <summary>Reads a table as features and roles.</summary>
public static class DatasetReader
{
    /// <summary>Reads the file at <paramref name="path"/> with <see cref="Table.Read(string)"/>, then as
    /// <see cref="Read(Table, TableRoles)"/> does.</summary>
    public static Outcome<TrainingTable> Read(string path, TableRoles roles) => Table.Read(path).Bind(table => Read(table, roles));

    /// <summary>
    /// The features and roles of a table. Fails if a column does not exist; if the target column has another role too; if a target,
    /// weight, time, group or fold is missing; if a weight or the gap is negative, or all weights are 0; if the target has one class or
    /// the fold column one fold; if no feature is left; and as
    /// <see cref="Table.Frame(EquatableArray{string}, EquatableArray{string}, TextOptions?)"/> does. Notes list how the columns were
    /// read.
    /// </summary>
    public static Outcome<TrainingTable> Read(Table table, TableRoles roles)
    {
        if (RefuseRoles(table, roles) is { } refusal) return refusal;
        string[] taken =
            [roles.Target, .. new[] { roles.Id, roles.Weights, roles.Groups, roles.FoldColumn, roles.Time }.OfType<string>(),
                .. roles.Drop];
        if (taken.Distinct().Count() == table.Header.Count)
        {
            return Refuse(table.Name, "has no feature column", "Add columns beside the target and the other roles.");
        }

        var text = roles.Text ?? TextOptions.None;
        var features = table.Header.Where(name => !taken.Contains(name)).ToArray();
        var requests = new List<ColumnRequest>
        {
            new(
                At(roles.Target),
                KindOf(roles) switch { TargetKind.Classes => ColumnKind.Categorical, TargetKind.Values => ColumnKind.Numeric, _ => null },
                Dates: false,
                "Correct the cell, or pass --task classification."),
        };
        if (roles.Weights is { } weighs)
            requests.Add(new(At(weighs), ColumnKind.Numeric,
                NotNumbers: "Correct the cell, or give a column of numbers (--weights COLUMN)."));
        if (roles.Time is { } moments) requests.Add(new(At(moments), Parses: true));
        var others = requests.Count;
        requests.AddRange(features.Select(name =>
            new ColumnRequest(At(name), roles.Categorical.Contains(name) ? ColumnKind.Categorical : null,
                Digits: $"; if they are identifiers, pass --categorical {name} or --id {name}")));
        var outcome =
            from read in table.Read(EquatableArray.From(requests), text)
            from target in TargetReader.Read(table, roles.Target, KindOf(roles), read[0], text.Missing)
                .Bind(found => TargetReader.InOrder(table, roles, found))
            from ids in Optional(roles.Id, name => Ids(table, name))
            from weights in Optional(roles.Weights,
                name => Weights(table, name, read[1].Column, roles.WeightKind).Bind(given => Weighed(table.Name, given, roles.WeightKind)))
            from time in Optional(roles.Time, name => Time(table, name, read[others - 1].Column))
            from groups in Optional(roles.Groups, name => Codes(table, name, "group", text.Missing).Map(codes => codes.Codes))
            from folds in Optional(roles.FoldColumn, name => Folds(table, name, text.Missing))
            from frame in table.Features(EquatableArray.From(read.Skip(others)))
            from noted in Outcome.Ok(frame).Noting(table.Blank)
            let gap = roles.Time is null ? 0 : roles.Gap * Unit(read[others - 1].Reading)
            let all = new Roles(target, weights, groups, folds, time, roles.WeightKind)
            {
                Gap = gap,
                TargetName = roles.Target,
                IdName = roles.Id,
            }
            select new TrainingTable(new(frame, all), Schema.Of(frame), ids)
            {
                Reading = new(EquatableArray.From(read.Select((column, i) => i >= others ? column.Reading : column.Reading with
                {
                    Features = default,
                    Kind = i == 0 && target is Target.Classes ? ReadAs.Categories : column.Reading.Kind,
                }))),
            };
        return outcome.Bind(table => new Outcome<TrainingTable>.Ok(table with { Remarks = outcome.Notes }, table.Reading.Notes));

        int At(string name) => table.PlaceOf(name);
    }

    /// <summary>
    /// Labelled rows for a model: the columns that it reads, in the format of its training data, and the target, weights and groups of
    /// <paramref name="roles"/>. The other roles are ignored. Rows without a target are left out; a note counts them. Labels that the
    /// model does not know are levels after its own.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="schema">The columns that the model reads.</param>
    /// <param name="levels">The classes of the model; empty for numeric predictions.</param>
    /// <param name="roles">The roles of columns.</param>
    /// <returns>The rows. Fails like <see cref="Read(Table, TableRoles)"/>, and if no row has a target.</returns>
    public static Outcome<LabelledTable> ReadLabelled(Table table, Schema schema, EquatableArray<string> levels, TableRoles roles)
    {
        if (RefuseRoles(table, roles) is Outcome<TrainingTable>.Fail refusal) return new Outcome<LabelledTable>.Fail(refusal.Failure);
        var text = roles.Text ?? TextOptions.None;
        return
            from frame in table.Frame(schema)
            from labels in TargetReader.Labels(table, roles.Target, levels, text)
            let kept = EquatableArray.From(Enumerable.Range(0, labels.Count).Where(row => !labels.IsMissing(row)))
            from some in kept.Count > 0 ? Outcome.Ok(kept) : Outcome.Fail<EquatableArray<int>>(
                $"{table.Name}, column {roles.Target}", "no row has a target", "Give labelled rows.")
            from weights in Optional(roles.Weights, name => table.Column(name, ColumnKind.Numeric, text)
                .Bind(column => Weights(table, name, column, roles.WeightKind)).Bind(given => Weighed(table.Name, given, roles.WeightKind)))
            from groups in Optional(roles.Groups, name => Codes(table, name, "group", text.Missing).Map(codes => codes.Codes))
            from noted in Outcome.Ok(some).Noting(LeftOut(table, roles.Target, table.RowCount - some.Count))
            select new LabelledTable(new(frame.Take(some),
                new Roles(TargetReader.Target(labels.Take(some)), weights?.At(some), groups?.At(some), WeightKind: roles.WeightKind)
                {
                    TargetName = roles.Target,
                }), some);
    }

    /// <summary>The text of an id column unchanged, empty where it is empty.</summary>
    public static Outcome<EquatableArray<string>> Ids(Table table, string name) =>
        table.Ids(name).Map(texts => EquatableArray.From(texts.Select(text => text ?? "")));

    private static EquatableArray<Note> LeftOut(Table table, string target, int rows) => rows == 0 ? default
        : [new($"{table.Name}, column {target}",
            rows == 1 ? "1 row without a target is left out" : $"{rows} rows without a target are left out")];

    private static double Unit(ColumnReading time) => time is not { Kind: ReadAs.Dates } ? 1
        : time.Order == DateOrder.TimeOnly ? TimeSpan.SecondsPerHour : TimeSpan.SecondsPerDay;

    private static TargetKind? KindOf(TableRoles roles) => roles.Order.Count > 0 ? TargetKind.Classes : roles.Kind;

    private static Outcome<TrainingTable>? RefuseRoles(Table table, TableRoles roles)
    {
        (string What, string? Name)[] all =
        [
            ("target", roles.Target), ("id", roles.Id), ("weights", roles.Weights), ("groups", roles.Groups),
            ("fold", roles.FoldColumn), ("time", roles.Time),
        ];
        foreach (var (what, name) in all)
        {
            if (name is null) continue;
            if (table.Find(name) is Outcome<int>.Fail absent)
                return new Outcome<TrainingTable>.Fail(absent.Failure with { What = $"has no {what} column '{name}'" });
            if (what != "target" && name == roles.Target)
                return Refuse(table.Name, $"'{name}' is both the target and the {what} column", "Give each its own column.");
        }

        if (!(roles.Gap >= 0 && double.IsFinite(roles.Gap * TimeSpan.SecondsPerDay)))
            return Refuse("the gap", $"is {roles.Gap:R}", "Give a finite number of at least 0.");

        foreach (var name in roles.Drop)
        {
            if (table.Find(name) is Outcome<int>.Fail unknown) return new Outcome<TrainingTable>.Fail(unknown.Failure);
            if (all.FirstOrDefault(role => role.Name == name) is (var part, { }))
                return Refuse(table.Name, $"'{name}' is dropped, but it is the {part} column", "Do not drop it, or give another column.");
        }

        foreach (var name in roles.Categorical)
        {
            if (table.Find(name) is Outcome<int>.Fail unknown) return new Outcome<TrainingTable>.Fail(unknown.Failure);
            if (name == roles.Target) return Refuse(table.Name, $"'{name}' is declared categorical, but it is the target, not a feature",
                $"Remove --categorical {name}. To read its values as classes, pass --task classification.");
            if (all.FirstOrDefault(role => role.Name == name) is (var part, { })) return Refuse(table.Name,
                $"'{name}' is declared categorical, but it is the {part} column, not a feature", $"Remove --categorical {name}.");
        }

        return null;
    }

    private static Outcome<EquatableArray<double>> Weighed(string file, EquatableArray<double> given, WeightKind kind)
    {
        var frequencies = RowWeights.Frequencies(given, kind);
        return Outcome.Ok(frequencies)
            .Noting(RowWeights.Vanished(given, frequencies) is { } note ? [note with { Where = $"{file}, {note.Where}" }] : default);
    }

    private static Outcome<EquatableArray<double>> Weights(Table table, string name, Column column, WeightKind kind)
    {
        var weights = ((Column.Numeric)column).ToArray();
        for (var row = 0; row < weights.Length; row++)
        {
            if (RowWeights.Fraction(weights[row], kind) is { } fraction) return Outcome.Fail<EquatableArray<double>>(
                table.Where(row, name), fraction.What, fraction.Remedy);
            if (weights[row] >= 0) continue;
            return Outcome.Fail<EquatableArray<double>>(
                table.Where(row, name),
                double.IsNaN(weights[row]) ? "the weight is missing" : $"the weight is {weights[row]:R}",
                "Give every row a weight of at least 0.");
        }

        return weights.Any(weight => weight > 0)
            ? Outcome.Ok(EquatableArray.Own(weights))
            : Outcome.Fail<EquatableArray<double>>($"{table.Name}, column {name}", "every weight is 0", "Give some rows a weight above 0.");
    }

    private static Outcome<EquatableArray<double>> Time(Table table, string name, Column column) => column switch
    {
        Column.Numeric times when Array.FindIndex(times.ToArray(), double.IsNaN) is var hole and >= 0 =>
            Outcome.Fail<EquatableArray<double>>(table.Where(hole, name), "the time is missing", "Give every row a time."),
        Column.Numeric times => Outcome.Ok(EquatableArray.Own(times.ToArray())),
        _ => Outcome.Fail<EquatableArray<double>>(
            $"{table.Name}, column {name}", "holds neither numbers nor dates",
            "Give a column of numbers or dates that orders the rows in time."),
    };

    private static Outcome<EquatableArray<int>> Folds(Table table, string name, EquatableArray<string> missing) =>
        Codes(table, name, "fold", missing).Bind(codes => codes.Levels.Count > 1
        ? Outcome.Ok(codes.Codes)
        : Outcome.Fail<EquatableArray<int>>($"{table.Name}, column {name}", $"holds only one fold, '{codes.Levels[0]}'",
            "Give at least two different folds."));

    // Unchanged text: groups and folds may have any names.
    private static Outcome<Target.Classes> Codes(Table table, string name, string what, EquatableArray<string> missing) =>
        TargetReader.Complete(table, name, what, missing).Map(TargetReader.Classes).Bind(codes =>
            codes.Levels.Where(level => NumberText.TryExact(level, out _)).GroupBy(level => Word.Number(level))
                .FirstOrDefault(alike => alike.Count() > 1) is { } twice
                ? new Outcome<Target.Classes>.Ok(codes,
                    [new($"column '{name}'", $"'{twice.First()}' and '{twice.Last()}' are two different {what}s, but the same number")])
                : Outcome.Ok(codes));

    // A role that is not given is not an error.
    private static Outcome<T?> Optional<T>(string? name, Func<string, Outcome<T>> read) where T : struct =>
        name is null ? Outcome.Ok<T?>(null) : read(name).Map(value => (T?)value);

    private static Outcome<TrainingTable> Refuse(string where, string what, string remedy) =>
        Outcome.Fail<TrainingTable>(where, what, remedy);
}
