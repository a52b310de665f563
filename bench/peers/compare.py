"""Wall-clock time of whole processes, fstack against scikit-learn: same bases, meta-learner and outer folds, two threads.

compare.py FSTACK DATA_DIR [RUNS]   (FSTACK: path of the built fstack; DATA_DIR: titanic/, breast_cancer/, digits/, folds/)
Runs the two alternately, after one warm-up each, and prints medians and their ratio.
"""
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

here = os.path.dirname(os.path.abspath(__file__))
fstack, folder = sys.argv[1], sys.argv[2]
runs = int(sys.argv[3]) if len(sys.argv) > 3 else 5
python = os.environ.get("PYTHON", sys.executable)


def numeric_titanic(rows):
    """Pclass, Sex, Age, SibSp, Parch, Fare, Embarked as numbers, with missing values imputed by the median or the most frequent value."""
    ages = statistics.median(float(r["Age"]) for r in rows if r["Age"])
    ports = {"": 0, "S": 0, "C": 1, "Q": 2}
    return [
        {
            "Survived": r["Survived"], "Pclass": r["Pclass"], "Sex": int(r["Sex"] == "female"), "Age": r["Age"] or ages,
            "SibSp": r["SibSp"], "Parch": r["Parch"], "Fare": r["Fare"], "Embarked": ports[r["Embarked"]],
        }
        for r in rows
    ]


def with_folds(source, folds, into, prepare=lambda rows: rows):
    with open(os.path.join(folder, source)) as f:
        rows = prepare(list(csv.DictReader(f)))
    with open(os.path.join(folder, folds)) as f:
        numbers = {int(r["row"]): r["fold"] for r in csv.DictReader(f)}
    with open(into, "w", newline="") as f:
        writer = csv.DictWriter(f, [*rows[0], "outer_fold"])
        writer.writeheader()
        for i, row in enumerate(rows):
            writer.writerow({**row, "outer_fold": numbers[i]})


def timed(command):
    start = time.perf_counter()
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return time.perf_counter() - start, json.loads(out)


with tempfile.TemporaryDirectory() as work:
    sets = [
        ("titanic", "Survived", "titanic/train.csv", "folds/titanic_strat5_shuffle0.csv", numeric_titanic),
        ("breast_cancer", None, "breast_cancer/breast_cancer.csv", "folds/breast_cancer_5fold_shuffled42.csv", lambda rows: rows),
        ("digits", None, "digits/digits.csv", "folds/digits_5fold_shuffled42.csv", lambda rows: rows),
    ]
    print("| data | fstack s | scikit-learn s | ratio | fstack accuracy, log-loss | scikit-learn accuracy, log-loss |")
    print("|---|---|---|---|---|---|")
    for name, target, source, folds, prepare in sets:
        data = os.path.join(work, f"{name}.csv")
        with_folds(source, folds, data, prepare)
        if target is None:
            with open(data) as f:
                target = next(csv.reader(f))[-2]
        ours = [fstack, "evaluate", "--data", data, "--target", target, "--fold-column", "outer_fold",
                "--spec", os.path.join(here, "three.json"), "--threads", "2", "--seed", "42", "--json"]
        theirs = [python, os.path.join(here, "stack.py"), data, target, "outer_fold"]
        timed(ours), timed(theirs)
        pairs = [(timed(ours), timed(theirs)) for _ in range(runs)]
        a, b = statistics.median(p[0][0] for p in pairs), statistics.median(p[1][0] for p in pairs)
        ratio = statistics.median(p[1][0] / p[0][0] for p in pairs)
        stack = next(m for m in pairs[0][0][1]["models"] if m["role"] == "stack")
        peer = pairs[0][1][1]
        print(f"| {name} | {a:.2f} | {b:.2f} | {ratio:.1f} | {stack['accuracy']['mean']:.4f}, {stack['logLoss']['mean']:.4f} | {peer['accuracy']:.4f}, {peer['logLoss']:.4f} |", flush=True)
