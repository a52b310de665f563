namespace FunctionalStack.Neural.Tests.Trainings;

/// <summary>Reports at once, on the caller's thread.</summary>
internal sealed class Now(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}
