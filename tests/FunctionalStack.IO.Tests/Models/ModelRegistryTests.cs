using System.Reflection;
using Xunit;

namespace FunctionalStack.IO.Tests.Models;

public sealed class ModelRegistryTests
{
    /// <summary>Without this a model could be fitted but not saved.</summary>
    [Fact]
    public void Every_model_and_map_of_the_library_can_be_saved()
    {
        var types =
            new[] { typeof(IModel).Assembly, typeof(Learners.MajorityModel).Assembly,
                typeof(Neural.NetClassifierModel).Assembly }.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsAbstract && (typeof(IModel).IsAssignableFrom(type) || typeof(IMap).IsAssignableFrom(type))).ToArray();
        Assert.Contains(typeof(PipelineModel), types);

        // A model with a schema is saved as its inner model.
        Assert.Empty(types.Where(type => !typeof(IConformingModel).IsAssignableFrom(type)).Select(ModelRegistry.Default.WhyNot)
            .OfType<string>());
    }

    /// <summary>Without this a model could be loaded, but not in a program compiled by Native AOT.</summary>
    [Fact]
    public void Lists_in_the_librarys_records_are_compiled_ahead_of_time()
    {
        var fields = Library.Catalogue.Records.SelectMany(record => ModelRegistry.Default.LayoutOf(record.Type).Fields);
        var elements = fields.SelectMany(field => Elements(Nullable.GetUnderlyingType(field.Type) ?? field.Type)).ToHashSet();
        Assert.Contains(typeof(double), elements);
        Assert.Empty(elements.Where(type => type.IsValueType && !Shape.IsNamed(type) && ModelRegistry.Default.TagOf(type) is null)
            .Select(type => type.FullName));

        static IEnumerable<Type> Elements(Type type) =>
            type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>)
                ? Elements(type.GetGenericArguments()[0]).Append(type.GetGenericArguments()[0]) : [];
    }

    public sealed record WithArray(double[] Numbers) : IModel
    {
        public Outcome<Prediction> Predict(Frame rows) => throw new NotSupportedException();
    }

    public sealed record WithFunction(Func<int> Next) : IModel
    {
        public Outcome<Prediction> Predict(Frame rows) => throw new NotSupportedException();
    }

    public sealed record WithHidden : IModel
    {
        public WithHidden(int seen) => hidden = seen;

        private readonly int hidden;

        public Outcome<Prediction> Predict(Frame rows) => Outcome.Ok<Prediction>(new Prediction.Numeric(EquatableArray.Of<double>(hidden)));
    }

    [Fact]
    public void What_is_no_plain_data_cannot_be_saved()
    {
        var mine = Library.Catalogue.With(RecordTag.Of<WithArray>("array")).With(RecordTag.Of<WithFunction>("function"))
            .With(RecordTag.Of<WithHidden>("hidden"));
        var registry = ModelRegistry.Of(mine);
        Assert.Contains("System.Double[]", registry.WhyNot(typeof(WithArray)));
        Assert.Contains("Func", registry.WhyNot(typeof(WithFunction)));
        Assert.Contains("no public constructor", registry.WhyNot(typeof(WithHidden)));
        Assert.Contains("no tag in the catalogue", registry.WhyNot(typeof(Total)));
        var failure = ModelFile.Write(Stream.Null, "m.fstack", new WithArray([1]), Saved.Card, mine).Match(_ => null!, f => f);
        Assert.Contains("System.Double[]", failure.What);
    }

    [Fact]
    public void A_tag_and_a_type_are_registered_once()
    {
        Assert.Throws<ArgumentException>(() => Library.Catalogue.With(RecordTag.Of<Total>("pipeline")));
        Assert.Throws<ArgumentException>(() => Library.Catalogue.With(RecordTag.Of<Identity>("again")));
        Assert.Throws<ArgumentException>(() => Library.Catalogue.With(RecordTag.Of<IModel>("any")));
    }

    public sealed record Old(double Alpha, int Beta) : IModel
    {
        public Outcome<Prediction> Predict(Frame rows) => throw new NotSupportedException();
    }

    public sealed record Grown(
        int Beta,
        double Alpha,
        string? Gamma = null,
        StackMethod Delta = StackMethod.Labels,
        EquatableArray<int> Epsilon = default,
        Combine? Zeta = Combine.Refit,
        int Eta = 7) : IModel
    {
        public Outcome<Prediction> Predict(Frame rows) => throw new NotSupportedException();
    }

    public sealed record Needy(double Alpha, int Beta, int Gamma) : IModel
    {
        public Outcome<Prediction> Predict(Frame rows) => throw new NotSupportedException();
    }

    public sealed record Retyped(double Alpha, long Beta) : IModel
    {
        public Outcome<Prediction> Predict(Frame rows) => throw new NotSupportedException();
    }

    [Fact]
    public void A_record_may_later_gain_optional_parameters_in_any_order()
    {
        var (old, grown) = (Catalogue.Empty.With(RecordTag.Of<Old>("m")), Catalogue.Empty.With(RecordTag.Of<Grown>("m")));
        var (needy, retyped) = (Catalogue.Empty.With(RecordTag.Of<Needy>("m")), Catalogue.Empty.With(RecordTag.Of<Retyped>("m")));
        var file = Saved.Bytes(new Old(2.5, 3), catalogue: old);
        Assert.Equal(new Grown(3, 2.5), Saved.Read(file, grown).OrThrow().Model);
        Assert.Contains("has no field Gamma", Saved.Refusal(file, needy).What);
        Assert.Contains("Beta of a 'm' is int in the file, but long", Saved.Refusal(file, retyped).What);
        Assert.Contains("Gamma, which this version does not know",
            Saved.Refusal(Saved.Bytes(new Grown(3, 2.5), catalogue: grown), old).What);
    }

    public sealed record Renamed([FormerName("Alpha")] double Shrinkage, int Beta) : IModel
    {
        public Outcome<Prediction> Predict(Frame rows) => throw new NotSupportedException();
    }

    [Fact]
    public void A_file_with_a_parameters_former_name_is_read()
    {
        var (old, renamed) = (Catalogue.Empty.With(RecordTag.Of<Old>("m")), Catalogue.Empty.With(RecordTag.Of<Renamed>("m")));
        Assert.Equal(new Renamed(2.5, 3), Saved.Read(Saved.Bytes(new Old(2.5, 3), catalogue: old), renamed).OrThrow().Model);
        Assert.Contains("Shrinkage, which this version does not know",
            Saved.Refusal(Saved.Bytes(new Renamed(2.5, 3), catalogue: renamed), old).What);
    }

    [Fact]
    public void A_model_is_no_map()
    {
        var file = Saved.Bytes(new PipelineModel(new Identity(), new Total(1, "x")));
        var payload = Saved.Payload(file);
        // The type numbers of the root, the map and the model are 0, 1, 2. Give the map the model's number.
        var at = payload.Length - (4 + 4 + 4 + 8 + 4 + 2);
        Assert.Equal([0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0], payload[at..(at + 12)]);
        payload[at + 4] = 2;
        Assert.Contains("a 'total' was found instead of a IMap", Saved.Refusal(Saved.WithPayload(file, payload)).What);
    }
}
