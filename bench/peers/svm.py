"""Support vector machines, this library against scikit-learn (LIBSVM), on the same rows.

    dotnet build bench/FunctionalStack.Bench -c Release
    python3 bench/peers/svm.py DATA [--rows 10000] [--runs 5] [--threads 2] [--kernels rbf,linear] [--c 1]

DATA holds adult/train.csv: numeric columns are standardized, categories one-hot encoded; the first ROWS rows are fitted, the next
ROWS predicted. "Machine" is SVC against the machine on all rows alone, one thread each; "with probabilities" is
SVC(probability=True), which has one thread only, against a whole fit on THREADS. Medians of RUNS, alternating; dual
objectives and signs of decision values show whether both found the same solution.
"""
import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time

import numpy
import pandas
from sklearn.svm import SVC

HERE = os.path.dirname(os.path.abspath(__file__))
BENCH = os.path.join(HERE, "../FunctionalStack.Bench/bin/Release/net10.0/FunctionalStack.Bench.dll")


def load(path):
    table = pandas.read_csv(path)
    features, target = table.iloc[:, :-1], table.iloc[:, -1].astype("category").cat.codes
    words = features.select_dtypes(object).columns
    features = features.assign(**{c: (features[c] - features[c].mean()) / features[c].std(ddof=0) for c in features.columns if c not in words})
    features = pandas.get_dummies(features, columns=list(words), dtype=float)
    features.columns = [f"x{i}" for i in range(features.shape[1])]
    return features.astype(float), target


def timed(work):
    start, before = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - start, time.process_time() - before


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("--rows", type=int, default=10000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--kernels", default="rbf,linear")
    parser.add_argument("--c", type=float, default=1.0)
    args = parser.parse_args()
    features, target = load(os.path.join(args.data, "adult/train.csv"))
    train, later = slice(0, args.rows), slice(args.rows, 2 * args.rows)
    cells, codes = numpy.ascontiguousarray(features[train]), target[train].to_numpy()
    print("| kernel | task | scikit-learn s | ours s | ratio | scikit-learn processor s | ours processor s | agreement |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        files = [os.path.join(folder, "train.csv"), os.path.join(folder, "later.csv")]
        for file, rows in zip(files, (train, later)):
            features[rows].assign(target=target[rows]).to_csv(file, index=False)
        for kernel in args.kernels.split(","):
            theirs, processor, withp, predictions, ours = [], [], [], [], []
            for run in range(args.runs):
                model, wall, busy = timed(lambda: SVC(C=args.c, kernel=kernel).fit(cells, codes))
                theirs.append(wall)
                processor.append(busy)
                withp.append(timed(lambda: SVC(C=args.c, kernel=kernel, probability=True).fit(cells, codes))[1])
                decisions, wall, _ = timed(lambda: model.decision_function(features[later].to_numpy()))
                predictions.append(wall)
                # Two runs, because the first includes compilation.
                command = ["dotnet", BENCH, "svm", *files, kernel, str(args.c), str(args.threads), "2"]
                ours.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
            last = ours[-1]
            signs = numpy.mean((numpy.array(last["decisions"]) < 0) == (decisions > 0))
            beta = model.dual_coef_[0]
            theirObjective = numpy.abs(beta).sum() - 0.5 * beta @ (model.decision_function(cells[model.support_]) - model.intercept_[0])
            objectives = f"objective {theirObjective:.4f} / {last['objective']:.4f}, " if kernel == "rbf" else ""
            agreement = f"{objectives}signs {signs:.4%}, steps {model.n_iter_[0]} / {last['steps']}"
            for what, sk, own, skBusy, ownBusy, note in (
                ("machine", theirs, [o["alone"][1] for o in ours], statistics.median(processor), statistics.median(o["aloneProcessor"][1] for o in ours), agreement),
                (f"with probabilities, {args.threads} threads", withp, [o["whole"][1] for o in ours], None, None, ""),
                ("prediction of as many rows", predictions, [o["predict"][1] for o in ours], None, None, ""),
            ):
                a, b = statistics.median(sk), statistics.median(own)
                busy = ["" if x is None else f"{x:.2f}" for x in (skBusy, ownBusy)]
                print(f"| {kernel} | {what} | {a:.2f} | {b:.2f} | **{a / b:.1f}** | {busy[0]} | {busy[1]} | {note} |")


if __name__ == "__main__":
    main()
