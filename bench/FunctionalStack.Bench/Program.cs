// Benchmarks for the scripts in peers/ and the kernels in docs/performance.md. The first argument selects one.
switch (args[0])
{
    case "forest": Forests.Run(args[1..]); break;
    case "adaboost": Forests.Boost(args[1..]); break;
    case "boosting": Boostings.Run(args[1..]); break;
    case "svm": SupportVectors.Run(args[1..]); break;
    case "knn": Neighbors.Run(args[1..]); break;
    case "logistic": Logistic.Run(args[1..]); break;
    case "net": ReferenceNet.Run(args[1..]); break;
    case "kernels": Kernels.Run(args[1..]); break;
    case "device": DeviceKernels.Run(args[1..]); break;
    case "row": OneRow.Run(args[1..]); break;
    case "serve": ServeLoad.Run(args[1..]); break;
    case "gemm": Gemm.Run(args[1..]); break;
    case "cluster": ClusterSimulation.Run(args[1..]); break;
    default: throw new ArgumentException(
        $"'{args[0]}' is none of forest, boosting, adaboost, svm, knn, logistic, net, kernels, device, row, serve, gemm, cluster");
}
