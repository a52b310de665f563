using FsCheck;
using FsCheck.Fluent;

namespace FunctionalStack.Backend.Tests;

/// <summary>What holds for every operation of every backend.</summary>
public class AnyOperationTests
{
    private static readonly Gen<Spec> Any = Gen.OneOf(
        Of(ConvolveSpec.Any), Of(ConvolveBackwardSpec.Any), Of(DenseSpec.Any), Of(DenseBackwardSpec.Any),
        Of(ApplySpec.Any), Of(ApplyBackwardSpec.Any), Of(NormalizationBackwardSpec.Any), Of(MomentsSpec.Any), Of(InverseDeviationSpec.Any),
        Of(AddSpec.Any), Of(AccumulateSpec.Any), Of(DropSpec.Any), Of(SoftmaxSpec.Any), Of(SoftmaxBackwardSpec.Any), Of(LossSpec.Any),
            Of(UpdateSpec.Any));

    [EachBackend]
    public void It_repeats_itself_bit_for_bit(string backend)
    {
        using var opened = Backends.Open(backend, threads: 3);
        Specs.ForAll(Any, spec =>
        {
            var trial = spec.Trial();
            using var compute = opened.Open(trial.Arena.Length);
            trial.SameBits(trial.Run(compute), trial.Run(compute));
        }, times: 200);
    }

    [EachBackend]
    public void It_gives_the_same_bits_on_one_thread_and_on_three(string backend)
    {
        using var one = Backends.Open(backend, threads: 1);
        using var three = Backends.Open(backend, threads: 3);
        Specs.ForAll(Any, spec =>
        {
            var trial = spec.Trial();
            trial.SameBits(trial.Run(one), trial.Run(three));
        }, times: 200);
    }

    [EachBackend]
    public void It_changes_nothing_but_its_results(string backend)
    {
        using var opened = Backends.Open(backend, threads: 3);
        Specs.ForAll(Any, spec => spec.Trial().LeavesTheRestOn(opened), times: 200);
    }

    [EachBackend]
    public void It_gives_the_same_bits_for_any_previous_content_of_results_and_unused_elements(string backend)
    {
        using var opened = Backends.Open(backend, threads: 3);
        Specs.ForAll(Any, spec =>
        {
            var trial = spec.Trial();
            var garbage = BitConverter.SingleToInt32Bits(Layout.Garbage);
            var other =
                trial with
                {
                    Arena =
                    [.. trial.Arena.Select(number => BitConverter.SingleToInt32Bits(number) == garbage ? -7e6f : number)]
                };
            trial.SameBits(trial.Run(opened), other.Run(opened));
        }, times: 200);
    }

    private static Gen<Spec> Of<T>(Gen<T> gen) where T : Spec => gen.Select(spec => (Spec)spec);
}
