"""Predictions of 5 nearest neighbours, this library against scikit-learn's brute force, on the same rows and threads.

    dotnet build bench/FunctionalStack.Bench -c Release
    python3 bench/peers/knn.py DATA [--threads 2] [--runs 5] [--only digits,otto]

DATA holds digits/digits.csv (every fifth row is predicted) and otto/train.csv with otto/split80_20.csv (log1p, standardized).
Both sides predict RUNS times, alternately. The table has medians, their ratio, the ratio of processor seconds, and the share of
rows with equal probabilities, which is 1 unless distances are tied to the last digit.
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
from sklearn.neighbors import KNeighborsClassifier

HERE = os.path.dirname(os.path.abspath(__file__))
BENCH = os.path.join(HERE, "../FunctionalStack.Bench/bin/Release/net10.0/FunctionalStack.Bench.dll")


def digits(data):
    table = pandas.read_csv(os.path.join(data, "digits/digits.csv"))
    target = table.pop("digit").to_numpy().astype(str)
    return table.to_numpy(float), target, numpy.arange(len(table)) % 5 == 0


def otto(data):
    table = pandas.read_csv(os.path.join(data, "otto/train.csv"))
    later = pandas.read_csv(os.path.join(data, "otto/split80_20.csv")).test.to_numpy() == 1
    cells = numpy.log1p(table.iloc[:, 1:-1].to_numpy(float))
    cells = (cells - cells[~later].mean(axis=0)) / cells[~later].std(axis=0)
    return cells, table.iloc[:, -1].to_numpy(), later


def save(file, cells, target):
    pandas.DataFrame(cells, columns=[f"x{c}" for c in range(cells.shape[1])]).assign(target=target).to_csv(file, index=False, float_format="%.17g")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="digits,otto")
    args = parser.parse_args()
    print("| data | rows x queries x columns | scikit-learn s | ours s | ratio | of processor time | same probabilities |")
    print("|---|---|---|---|---|---|---|")
    for name in args.only.split(","):
        cells, target, later = {"digits": digits, "otto": otto}[name](args.data)
        model = KNeighborsClassifier(5, algorithm="brute", n_jobs=args.threads).fit(cells[~later], target[~later])
        theirs, processor, ours = [], [], []
        with tempfile.TemporaryDirectory() as folder:
            files = [os.path.join(folder, "train.csv"), os.path.join(folder, "later.csv")]
            save(files[0], cells[~later], target[~later])
            save(files[1], cells[later], target[later])
            for run in range(args.runs):
                start, before = time.perf_counter(), time.process_time()
                expected = model.predict_proba(cells[later])
                theirs.append(time.perf_counter() - start)
                processor.append(time.process_time() - before)
                # Two runs, because the first includes compilation.
                command = ["dotnet", BENCH, "knn", *files, "5", "euclidean", str(args.threads), "2"]
                ours.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
        found = pandas.DataFrame(numpy.array(ours[-1]["probabilities"]).reshape(len(expected), -1), columns=ours[-1]["levels"])[list(model.classes_)].to_numpy()
        same = numpy.mean(numpy.abs(found - expected).max(axis=1) < 1e-9)
        a, b = statistics.median(theirs), statistics.median(o["seconds"][1] for o in ours)
        c, d = statistics.median(processor), statistics.median(o["processor"][1] for o in ours)
        print(f"| {name} | {(~later).sum()} x {later.sum()} x {cells.shape[1]} | {a:.3f} | {b:.3f} | **{a / b:.1f}** | {c:.3f} / {d:.3f} = {c / d:.1f} | {same:.4%} |", flush=True)


if __name__ == "__main__":
    main()
