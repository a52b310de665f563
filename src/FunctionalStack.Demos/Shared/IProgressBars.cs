using FunctionalStack.Neural;

namespace FunctionalStack.Demos;

/// <summary>Shows the progress of long work. The command-line tool implements it with bars on standard error.</summary>
public interface IProgressBars
{
    /// <summary>Requests that the work stop.</summary>
    CancellationToken Cancellation { get; }

    /// <summary>Runs fits and shows how many are finished.</summary>
    T Progress<T>(string title, Func<IProgress<FitProgress>, T> work);

    /// <summary>Trains a net and shows the epoch, the loss, the accuracy and the speed.</summary>
    T Training<T>(string title, Func<IProgress<TrainingProgress>, T> work);
}
