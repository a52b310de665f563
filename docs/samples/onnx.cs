// A whole stack as one ONNX file, which onnxruntime runs in Python, Java, JavaScript, C++ or .NET, without this library.
//   dotnet run docs/samples/onnx.cs
#:project ../../src/FunctionalStack/FunctionalStack.csproj
#:property PublishAot=false

using FunctionalStack;

var here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var customers = Csv.Read(Path.Combine(here, "customers.csv")).Id("customer").Target("left").OrThrow();
var fit = Stacking
    .Of(("boosting", Learn.GradientBoosting(60).Preprocess(Prepare.ForBoosting)),
        ("logistic", Learn.Logistic().Preprocess(Prepare.ForLinear)))
    .Meta(Learn.OpinionPool())
    .Fit(customers, Seed.Of(42), threads: 2).OrThrow();

// Preprocessing, the fold models of both bases and the meta-learner become one graph. A saved model has the same method.
var onnx = fit.ToOnnx().OrThrow();
var path = Path.Combine(Path.GetTempPath(), $"customers-{Environment.ProcessId}.onnx");
onnx.Save(path).OrThrow();
Console.WriteLine($"{new FileInfo(path).Length} bytes");
File.Delete(path);

// Each column is an input of shape [rows, 1]: numbers as double, where NaN is a missing value, and texts as string.
Console.WriteLine($"inputs: {string.Join(", ", onnx.Inputs)}");

// In Python, for example:
//   session = onnxruntime.InferenceSession("customers.onnx")
//   label, probabilities = session.run(None, {
//       "plan": [["basic"]], "months": [[3.0]], "price": [[11.9]], "tickets": [[4.0]], "country": [["FR"]]})
Console.WriteLine($"outputs: {string.Join(", ", onnx.Outputs)}");
