"""AdaBoost on trees of depth 1, this library against scikit-learn, on the same rows.

    dotnet build bench/FunctionalStack.Bench -c Release
    python3 bench/peers/adaboost.py DATA [--rounds 50] [--runs 5] [--only NAME,...] [--rule sammeR|samme]

DATA and the cases are those of forest.py. Both sides fit RUNS times in one process. Boosting rounds are sequential: two
threads are allowed, and neither side uses more than one. The table has medians, their ratio, the ratio of processor seconds,
and the log-loss of held-out rows, which is equal if both find the same stumps.
"""
import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time

os.environ.setdefault("OMP_NUM_THREADS", "2")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "2")

import numpy
from sklearn.ensemble import AdaBoostClassifier
from sklearn.metrics import log_loss
from sklearn.tree import DecisionTreeClassifier

import forest


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only")
    parser.add_argument("--rule", choices=["sammeR", "samme"], default="sammeR")
    args = parser.parse_args()
    print("| data | rows x columns | scikit-learn fit | ours fit | ratio | of processor time | ours first | log-loss |")
    print("|---|---|---|---|---|---|---|---|")
    for name, (path, kind, onehot) in forest.CASES.items():
        if kind != "classes" or (args.only and name not in args.only.split(",")):
            continue
        features, target, held = forest.load(os.path.join(args.data, path), onehot)
        cells, answers = numpy.ascontiguousarray(features[~held].to_numpy()), target[~held]
        fits, processor = [], []
        for run in range(args.runs):
            start, before = time.perf_counter(), time.process_time()
            model = AdaBoostClassifier(DecisionTreeClassifier(max_depth=1), n_estimators=args.rounds, algorithm={"sammeR": "SAMME.R", "samme": "SAMME"}[args.rule], random_state=run).fit(cells, answers)
            fits.append(time.perf_counter() - start)
            processor.append(time.process_time() - before)
        loss = log_loss(target[held], model.predict_proba(numpy.ascontiguousarray(features[held].to_numpy())))
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file, tempfile.NamedTemporaryFile("w", suffix=".csv") as other:
            features[~held].assign(target=answers).to_csv(file.name, index=False)
            features[held].assign(target=target[held]).to_csv(other.name, index=False)
            command = ["dotnet", forest.BENCH, "adaboost", file.name, other.name, args.rule, str(args.rounds), str(args.runs)]
            ours = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        theirs, mine = statistics.median(fits), statistics.median(ours["fit"])
        print(
            f"| {name} | {len(cells)} x {cells.shape[1]} | {theirs:.3f} s | {mine:.3f} s | **{theirs / mine:.1f}** "
            f"| {statistics.median(processor) / statistics.median(ours['processor']):.1f} ({statistics.median(ours['processor']):.3f} s) "
            f"| {ours['fit'][0]:.3f} s | {loss:.4f} / {statistics.mean(ours['loss']):.4f} |", flush=True)


if __name__ == "__main__":
    main()
