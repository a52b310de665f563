using System.Globalization;

namespace FunctionalStack.Neural;

/// <summary>The epochs of one training: a session on a backend, and the results so far.</summary>
internal sealed class TrainingLoop : IDisposable
{
    private const string TooFast = "Use a lower learning rate, and check the scale of the inputs.";

    private readonly CheckedTraining training;
    private readonly Seed seed;
    private readonly TrainingRun run;
    private readonly TrainingSession session;
    private readonly Scorer? scorer;
    private readonly BatchBuffer buffer;
    private readonly int[] order;
    private readonly List<EpochRecord> history = [];
    private BestEpoch? best;

    // The trained network after the last epoch, if it was scored.
    private BestEpoch? last;

    // The duration of the last epoch's training steps.
    private double? speed;

    public TrainingLoop(IBackend backend, CheckedTraining training, Seed seed, TrainingRun run)
    {
        (this.training, this.seed, this.run) = (training, seed, run);
        var (plan, batch) = (training.Plan, training.Options.Batch);
        session = TrainingSession.Open(backend, plan, training.Loss, training.Optimizer, batch, run.Window,
            training.Train.Weights is not null);
        var measured = Math.Max(training.Validation?.Count ?? 0, training.Test?.Count ?? 0);
        buffer = new(training.Train.Inputs, training.Train.Targets, batch, training.Train.Weights, training.Options.Augmentation);
        var weighted = (training.Validation?.Weights ?? training.Test?.Weights) is not null;
        order = new int[training.Train.Count];
        try
        {
            scorer = measured == 0 ? null
                : Halving.Largest(Math.Min(measured, Inference.Batch), size => new Scorer(backend, plan, training.Loss, size, weighted));
            Start(plan);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private void Start(NetworkPlan plan)
    {
        if (run.From is { } from)
        {
            session.Load(from.Variables, from.Optimizer);
            history.AddRange(from.History);
            best = from.Best;
        }
        else
        {
            session.Load(Variables.Initial(plan, seed.Fork("variables")), OptimizerState.Initial(training.Optimizer, plan.ParameterCount));
        }
    }

    /// <param name="data">The fingerprint of the examples, for checkpoints.</param>
    /// <param name="test">The fingerprint of the test examples; null without test examples.</param>
    public Outcome<TrainedNetwork> Run(string data, string? test)
    {
        while (history.Count < training.Options.Epochs && !Stops())
        {
            if (Epoch() is { } failure) return new Outcome<TrainedNetwork>.Fail(failure);
            run.Checkpoints?.Invoke(new(training.Plan.Network, training.Options, seed, data, history.Count, session.Variables,
                session.State, EquatableArray.From(history), best, test));
            run.EpochEnded?.Invoke(new(history[^1], speed));
        }

        var given = best ?? last ?? Given(history.Count, double.NaN, session.Variables);
        if (!given.Variables.Moments.All(float.IsFinite)) return Outcome.Fail<TrainedNetwork>("population moments",
            "they hold a number that is not finite", TooFast);
        var population = given.MovingMoments.Count > 0;
        return new Outcome<TrainedNetwork>.Ok(
            new(
                training.Plan.Network, given.Variables, session.State, given.Epoch, EquatableArray.From(history),
                population ? MomentsKind.Population : MomentsKind.Moving, population ? given.MovingMoments : given.Variables.Moments),
            population && training.Options.Moments == MomentsKind.Auto ? [NotArrived(given.Epoch * (long)training.Steps)] : default);
    }

    private Note NotArrived(long steps)
    {
        var left = 100 * MovingMoments.StartLeft(training.Plan, steps);
        return new("", string.Create(CultureInfo.InvariantCulture,
            $"after {steps} step{(steps == 1 ? "" : "s")} {left:F0}% of the moving averages is still their initial value, so the net uses "
                + $"the population moments of all training examples"));
    }

    // A network of this epoch, with the moments that it would be given.
    private BestEpoch Given(int epoch, double loss, Variables moving)
    {
        if (!MovingMoments.GiveWay(training.Options.Moments, training.Plan, session.Steps)) return new(epoch, loss, moving);
        var population = PopulationMoments.Of(session, training.Plan, training.Train.Inputs, seed.Fork("population moments"),
            run.Cancellation);
        session.LoadMoments(moving.Moments);
        return new(epoch, loss, moving with { Moments = population }, moving.Moments);
    }

    public void Dispose()
    {
        session.Dispose();
        scorer?.Dispose();
    }

    private bool Stops() => training.Options.EarlyStopping is { } stopping && history.Count - (best?.Epoch ?? 0) >= stopping.Patience;

    private Failure? Epoch()
    {
        var (epoch, steps) = (history.Count + 1, training.Steps);
        var epochSeed = seed.Fork("epoch").Fork(epoch);
        Order(epochSeed);
        var started = run.Clock?.GetTimestamp() ?? 0;
        var (sum, right, seen) = (0.0, 0L, 0L);
        var done = 0;
        for (var step = 0; step < steps; step++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            Gather(step, epochSeed);
            session.Queue(buffer.Inputs, buffer.Targets, training.Schedule.Factor(epoch - 1 + (double)step / steps), epochSeed.Fork(step),
                buffer.Weights);
            var (last, reported) = (step + 1 == steps, (step + 1) % run.Every == 0);
            if (!last && !reported && step + 1 - done < session.Window) continue;
            foreach (var metrics in session.Settle())
            {
                if (!double.IsFinite(metrics.Loss)) return NotFinite(epoch, done, metrics.Loss, epochSeed);
                (sum, right, seen, done) = (sum + metrics.Loss * metrics.Rows, right + metrics.Right, seen + metrics.Rows, done + 1);
            }

            if (last) speed = Speed(started, seen);
            if (run.Progress is { } progress && (reported || last))
                progress.Report(HowFar(epoch, done, Head.Score(training.Loss, sum, right, seen), Speed(started, seen)));
        }

        Record(epoch, Head.Score(training.Loss, sum, right, seen));
        return Overflown(history[^1]);
    }

    // No later step checks the last step's update.
    private Failure? Overflown(EpochRecord record)
    {
        foreach (var (name, score) in new[] { ("validation", record.Validation), ("test", record.Test) })
        {
            if (score is { Loss: var loss } && !double.IsFinite(loss))
                return new($"epoch {record.Epoch}, {name} examples", $"the loss is {loss}", TooFast);
        }

        return session.NotFiniteParameter() is { } block
            ? new($"epoch {record.Epoch}, {block}", "it holds a number that is not finite", TooFast) : null;
    }

    private void Record(int epoch, NetScore score)
    {
        last = scorer is null ? null : Given(epoch, double.NaN, session.Variables);
        if (last is not null) scorer!.Load(last.Variables);
        var record = new EpochRecord(epoch, score, ScoreOf(training.Validation), ScoreOf(training.Test));
        history.Add(record);
        if (training.Options.EarlyStopping is { } stopping && record.Validation is { Loss: var loss }
            && loss < (best?.Loss ?? double.PositiveInfinity) - stopping.LeastGain) best = last! with { Loss = loss };
    }

    private NetScore? ScoreOf(MeasuredExamples? examples) => examples is null ? null : scorer!.Score(examples);

    // A function of seed and epoch alone, so that a checkpoint needs no generator state.
    private void Order(Seed epochSeed)
    {
        for (var i = 0; i < order.Length; i++) order[i] = i;
        if (!training.Options.Shuffle) return;
        var stream = epochSeed.Fork("order").Stream();
        stream.Shuffle(order.AsSpan());
    }

    private double? Speed(long started, long seen) =>
        run.Clock is { } clock ? seen / Math.Max(clock.GetElapsedTime(started).TotalSeconds, 1e-9) : null;

    private TrainingProgress HowFar(int epoch, int step, NetScore score, double? perSecond)
    {
        var steps = training.Steps;
        var left = ((long)(training.Options.Epochs - epoch) * steps + steps - step)
            * (double)Math.Min(training.Train.Count, (long)steps * buffer.Batch) / steps;
        return new(epoch, training.Options.Epochs, step, steps, score, perSecond,
            perSecond is { } speed ? TimeSpan.FromSeconds(left / speed) : null);
    }

    // Nothing was updated since, so repeating the step gives the same result. All its values are then in memory to locate the cause.
    private Failure NotFinite(int epoch, int step, double loss, Seed epochSeed)
    {
        Gather(step, epochSeed);
        session.Gradients(buffer.Inputs, buffer.Targets, epochSeed.Fork(step), buffer.Weights);
        return new(
            $"epoch {epoch}, step {step + 1} of {training.Steps}, {session.FirstNotFinite() ?? "loss"}",
            $"the loss is {loss}: the first value that is not finite arose here",
            TooFast);
    }

    // An augmented image is a function of seed, epoch and example, whatever its batch.
    private void Gather(int step, Seed epochSeed) =>
        buffer.Gather(order.AsSpan(step * buffer.Batch, Math.Min(buffer.Batch, order.Length - step * buffer.Batch)),
            epochSeed.Fork("augmentation"));
}
