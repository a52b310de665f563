using System.Diagnostics;
using System.Globalization;
using FunctionalStack;
using FunctionalStack.IO;
using FunctionalStack.Learners;

/// <summary>Times predictions of single rows: a forest of 100 trees on made-up numbers, and a saved model on the rows of a file.</summary>
internal static class OneRow
{
    private sealed record Point(double A, double B, double C, double D, string Kind);

    /// <param name="args">A saved model and a CSV file of rows, both optional.</param>
    public static void Run(string[] args)
    {
        var random = Seed.Of(1).Stream();
        var points = Enumerable.Range(0, 1000).Select(_ => new Point(
            random.NextNormal(), random.NextNormal(), random.NextNormal(), random.NextNormal(), "")).ToArray();
        var rows = points.Select(point => point with { Kind = point.A * point.B + point.C > 0 ? "yes" : "no" }).ToArray();
        var forest = new RandomForest(100).Fit(rows.ToDataset(point => point.Kind).OrThrow(), Seed.Of(1)).OrThrow();
        Report("forest of 100 trees, a record", 20_000, at => forest.Predict([points[at % points.Length]]).OrThrow()[0].Class);
        var one = points.Select(point => new[] { point }.ToFrame()).ToArray();
        Report("forest of 100 trees, a frame", 20_000, at => forest.Predict(one[at % one.Length]).OrThrow());
        var predictor = forest.For<Point>().OrThrow();
        var prediction = new double[predictor.Width];
        Report("forest of 100 trees, a predictor", 20_000,
            at => predictor.TryPredict(points[at % points.Length], prediction) ? prediction : null);
        if (args.Length < 2) return;
        for (var run = 0; run < 5; run++)
        {
            var watch = Stopwatch.StartNew();
            ModelFile.Load(args[0]).OrThrow();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"load {run + 1}: {watch.Elapsed.TotalMilliseconds:0.0} ms"));
        }

        var model = ModelFile.Load(args[0]).OrThrow();
        var frame = Table.Read(args[1]).Bind(table => table.Frame(model.Schema)).OrThrow();
        for (var run = 0; run < 5; run++)
        {
            var watch = Stopwatch.StartNew();
            model.Predict(frame).OrThrow();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{frame.RowCount} rows, run {run + 1}: {watch.Elapsed.TotalMilliseconds:0.0} ms"));
        }

        var single = Enumerable.Range(0, frame.RowCount).Select(row => frame.Take([row])).ToArray();
        Report("saved model, a frame", 300, at => model.Predict(single[at % single.Length]).OrThrow());
        if (model.For<Passenger>() is not Outcome<Predictor<Passenger>>.Ok { Value: var ofPassengers })
        {
            Console.WriteLine("saved model, a predictor: not measured, since it is not one of Titanic");
            return;
        }

        var passengers = Enumerable.Range(0, frame.RowCount).Select(row => Passenger.Of(frame, row)).ToArray();
        var shares = new double[ofPassengers.Width];
        Report("saved model, a predictor", 1000, at => ofPassengers.TryPredict(passengers[at % passengers.Length], shares) ? shares : null);
    }

    /// <summary>A passenger of the Titanic.</summary>
    private sealed record Passenger(double? Pclass, string? Name, string? Sex, double? Age, double? SibSp, double? Parch, string? Ticket,
        double? Fare, string? Cabin, string? Embarked)
    {
        public static Passenger Of(Frame frame, int row)
        {
            return new(Number("Pclass"), Text("Name"), Text("Sex"), Number("Age"), Number("SibSp"), Number("Parch"), Text("Ticket"),
                Number("Fare"), Text("Cabin"), Text("Embarked"));

            double? Number(string name) => frame.Find(name) is Column.Numeric column && !column.IsMissing(row) ? column[row] : null;
            string? Text(string name) => (frame.Find(name) as Column.Categorical)?.LevelOf(row);
        }
    }

    private static void Report(string what, int calls, Func<int, object?> predict)
    {
        for (var at = 0; at < calls; at++) predict(at);
        var times = new List<double>();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < 7; run++)
        {
            var watch = Stopwatch.StartNew();
            for (var at = 0; at < calls; at++) predict(at);
            times.Add(watch.Elapsed.TotalMicroseconds / calls);
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (7.0 * calls);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {times.Min():0.0} us at best, {times.Order().ElementAt(3):0.0} us median, {bytes:0} bytes a row"));
    }
}
