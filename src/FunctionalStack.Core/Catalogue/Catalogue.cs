namespace FunctionalStack;

/// <summary>
/// The learners and transforms that specs can name, and the records that model files may hold. Immutable. An assembly
/// builds its own catalogue, joins it to the library's (<see cref="Join"/>) and passes the result to the readers of specs and models.
/// </summary>
public sealed class Catalogue
{
    private Catalogue(EquatableArray<LearnerEntry> learners, EquatableArray<TransformEntry> transforms,
        EquatableArray<RecordTag> records) =>
        (Learners, Transforms, Records) = (learners, transforms, records);

    /// <summary>No entries.</summary>
    public static Catalogue Empty { get; } = new(default, default, default);

    /// <summary>The learners, in the order they were added.</summary>
    public EquatableArray<LearnerEntry> Learners { get; }

    /// <summary>The transforms, in the order they were added.</summary>
    public EquatableArray<TransformEntry> Transforms { get; }

    /// <summary>All records that model files may hold, including those of the learners and transforms. Each is listed once.</summary>
    public EquatableArray<RecordTag> Records { get; }

    /// <summary>This catalogue with one more learner and its models.</summary>
    /// <exception cref="ArgumentException">Its name, its type or a tag is already taken.</exception>
    public Catalogue With(LearnerEntry entry) => OrThrow(Add(entry));

    /// <summary>This catalogue with one more transform and its maps.</summary>
    /// <exception cref="ArgumentException">Its name, its type or a tag is already taken.</exception>
    public Catalogue With(TransformEntry entry) => OrThrow(Add(entry));

    /// <summary>This catalogue with one more record that belongs to no single learner or transform.</summary>
    /// <exception cref="ArgumentException">The tag belongs to another type, or the type has another tag.</exception>
    public Catalogue With(RecordTag record) => OrThrow(Add([record]));

    /// <summary>This catalogue followed by the entries of <paramref name="others"/>, in order.</summary>
    /// <exception cref="ArgumentException">A name, a type or a tag is already taken.</exception>
    public Catalogue With(params Catalogue[] others)
    {
        var all = this;
        foreach (var other in others) all = OrThrow(all.Join(other));
        return all;
    }

    /// <summary>This catalogue followed by the entries of <paramref name="other"/>. Fails if a name, a type or a tag is already
    /// taken.</summary>
    public Outcome<Catalogue> Join(Catalogue other)
    {
        var joined = other.Learners.Aggregate(Outcome.Ok(this), (all, entry) => all.Bind(catalogue => catalogue.Add(entry)));
        joined = other.Transforms.Aggregate(joined, (all, entry) => all.Bind(catalogue => catalogue.Add(entry)));
        return joined.Bind(catalogue => catalogue.Add(other.Records));
    }

    /// <summary>The learner with this name in specs, or null if there is none.</summary>
    public LearnerEntry? Learner(string name) => Learners.FirstOrDefault(entry => entry.Name == name);

    /// <summary>The entry of a learner type, or null if there is none.</summary>
    public LearnerEntry? Learner(Type type) => Learners.FirstOrDefault(entry => entry.Type == type);

    /// <summary>The transform with this name in specs, or null if there is none.</summary>
    public TransformEntry? Transform(string name) => Transforms.FirstOrDefault(entry => entry.Name == name);

    /// <summary>The entry of a transform type, or null if there is none.</summary>
    public TransformEntry? Transform(Type type) => Transforms.FirstOrDefault(entry => entry.Type == type);

    /// <summary>
    /// The default preprocessing of a raw table for <paramref name="learner"/>. Null if it needs none or has no entry.
    /// </summary>
    public ITransform? RecipeFor(ILearner learner) => Learner(learner.GetType())?.RecipeFor(learner, this);

    private Outcome<Catalogue> Add(LearnerEntry entry) =>
        Learner(entry.Name) is { } named
            ? Taken($"the learner name '{entry.Name}' of {entry.Type} is already taken by {named.Type}", "Give the learner another Name")
        : Learner(entry.Type) is { } known ? Taken($"{entry.Type} has an entry as '{known.Name}'", "Add it once")
        : Add(entry.Models).Map(all => new Catalogue([.. Learners, entry], Transforms, all.Records));

    private Outcome<Catalogue> Add(TransformEntry entry) =>
        Transform(entry.Name) is { } named
            ? Taken($"the transform name '{entry.Name}' of {entry.Type} is already taken by {named.Type}",
                "Give the transform another Name")
        : Transform(entry.Type) is { } known ? Taken($"{entry.Type} has an entry as '{known.Name}'", "Add it once")
        : Add(entry.Maps).Map(all => new Catalogue(Learners, [.. Transforms, entry], all.Records));

    // Entries may share a record: ridge regression and lasso return the same model type.
    private Outcome<Catalogue> Add(EquatableArray<RecordTag> records)
    {
        var all = Records.ToList();
        foreach (var record in records)
        {
            if (all.Contains(record)) continue;
            if (all.Find(known => known.Tag == record.Tag) is { } tagged)
            {
                return Taken($"the tag '{record.Tag}' of {record.Type} is already taken by {tagged.Type}", "Give the record another tag");
            }

            if (all.Find(known => known.Type == record.Type) is { } typed)
            {
                return Taken($"{record.Type} has the tag '{typed.Tag}', and '{record.Tag}' is another", "Give it one tag");
            }

            all.Add(record);
        }

        return Outcome.Ok(new Catalogue(Learners, Transforms, EquatableArray.From(all)));
    }

    private static Outcome<Catalogue> Taken(string what, string remedy) => Outcome.Fail<Catalogue>("", what, $"{remedy}.");

    private static Catalogue OrThrow(Outcome<Catalogue> joined) =>
        joined.Match(catalogue => catalogue, failure => throw new ArgumentException(failure.ToString()));
}
