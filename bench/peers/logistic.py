"""Logistic regression of nine classes, this library against scikit-learn (L-BFGS), on the same rows.

    dotnet build bench/FunctionalStack.Bench -c Release
    python3 bench/peers/logistic.py DATA [--runs 5]

DATA holds otto/train.csv and otto/split80_20.csv: log1p, standardized. One thread each, except for scikit-learn's BLAS.
Medians of RUNS, alternating, and the log-loss of held-out rows.
"""
import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time

from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from knn import BENCH, otto, save


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    cells, target, later = otto(args.data)
    theirs, processor, ours = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        files = [os.path.join(folder, "train.csv"), os.path.join(folder, "later.csv")]
        save(files[0], cells[~later], target[~later])
        save(files[1], cells[later], target[later])
        for run in range(args.runs):
            start, before = time.perf_counter(), time.process_time()
            model = LogisticRegression(max_iter=1000).fit(cells[~later], target[~later])
            theirs.append(time.perf_counter() - start)
            processor.append(time.process_time() - before)
            ours.append(json.loads(subprocess.run(["dotnet", BENCH, "logistic", *files, "1"], check=True, capture_output=True, text=True).stdout))
    loss = log_loss(target[later], model.predict_proba(cells[later]))
    a, b = statistics.median(theirs), statistics.median(o["seconds"][0] for o in ours)
    c, d = statistics.median(processor), statistics.median(o["processor"][0] for o in ours)
    print("| data | rows x columns | scikit-learn s | ours s | ratio | of processor time | log-loss, scikit-learn | ours |")
    print("|---|---|---|---|---|---|---|---|")
    print(f"| otto | {(~later).sum()} x {cells.shape[1]} | {a:.2f} | {b:.2f} | **{a / b:.1f}** | {c:.2f} / {d:.2f} = {c / d:.1f} | {loss:.5f} | {ours[-1]['loss']:.5f} |")


if __name__ == "__main__":
    main()
