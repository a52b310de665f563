"""Fits of random forests and extra trees, this library against scikit-learn, on the same rows and threads.

    dotnet build bench/FunctionalStack.Bench -c Release
    python3 bench/peers/forest.py DATA [--threads 2] [--trees 100] [--runs 5] [--only NAME,...] [--learner randomForest|extraTrees] [--leaf N]

DATA holds otto/train.csv (with otto/split80_20.csv, whose test rows are held out), titanic/train.csv, breast_cancer/breast_cancer.csv, digits/digits.csv, adult/train.csv, california/cal_housing.csv, each with
a header and the target last (Titanic: seven columns without text). Categories become ordinal codes, or one column each in adult_onehot. Both sides
fit RUNS times in one process. The table has medians (and the first run, which includes warm-up), their ratio, and the ratio of
processor seconds, which depends less on other load. The loss of held-out rows is the mean over seeds: log-loss or RMSE.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
import pandas
from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor, RandomForestClassifier, RandomForestRegressor
from sklearn.metrics import log_loss, mean_squared_error

HERE = os.path.dirname(os.path.abspath(__file__))
BENCH = os.path.join(HERE, "../FunctionalStack.Bench/bin/Release/net10.0/FunctionalStack.Bench.dll")
LEARNERS = {"randomForest": (RandomForestClassifier, RandomForestRegressor), "extraTrees": (ExtraTreesClassifier, ExtraTreesRegressor)}
CASES = {
    "otto": ("otto/train.csv", "classes", False),
    "titanic": ("titanic/train.csv", "classes", False),
    "breast_cancer": ("breast_cancer/breast_cancer.csv", "classes", False),
    "digits": ("digits/digits.csv", "classes", False),
    "adult": ("adult/train.csv", "classes", False),
    "adult_onehot": ("adult/train.csv", "classes", True),
    "california": ("california/cal_housing.csv", "values", False),
}


def load(path, onehot):
    table = pandas.read_csv(path).drop(columns="id", errors="ignore")
    if "Survived" in table:
        table = table[["Pclass", "Sex", "Age", "SibSp", "Parch", "Fare", "Embarked", "Survived"]]
        table = table.assign(Age=table.Age.fillna(table.Age.median()))
    table = table.dropna()
    features, target = table.iloc[:, :-1], table.iloc[:, -1]
    if target.dtype == object:
        target = target.astype("category").cat.codes
    words = features.select_dtypes(object).columns
    if onehot:
        features = pandas.get_dummies(features, columns=list(words), dtype=float)
    else:
        for word in words:
            features = features.assign(**{word: features[word].astype("category").cat.codes})
    features.columns = [f"x{i}" for i in range(features.shape[1])]
    split = os.path.join(os.path.dirname(path), "split80_20.csv")
    held = pandas.read_csv(split)["test"].to_numpy() == 1 if os.path.exists(split) else numpy.arange(len(table)) % 5 == 4
    return features.astype(float), target, held


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--trees", type=int, default=100)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only")
    parser.add_argument("--learner", choices=LEARNERS, default="randomForest")
    parser.add_argument("--leaf", type=int, default=1, help="the minimum number of rows in a leaf")
    args = parser.parse_args()
    print("| data | rows x columns | scikit-learn fit | ours fit | ratio | of processor time | ours first | predict, 1 thread, processor time | nodes | out-of-bag | loss |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for name, (path, kind, onehot) in CASES.items():
        if args.only and name not in args.only.split(","):
            continue
        features, target, held = load(os.path.join(args.data, path), onehot)
        rest, unseen = features[~held], numpy.ascontiguousarray(features[held].to_numpy())
        cells, answers = numpy.ascontiguousarray(rest.to_numpy()), target[~held]
        forest = LEARNERS[args.learner][kind == "values"]
        fits, processor, predictions, losses = [], [], [], []
        for run in range(args.runs):
            start, before = time.perf_counter(), time.process_time()
            model = forest(args.trees, n_jobs=args.threads, random_state=run, min_samples_leaf=args.leaf).fit(cells, answers)
            fits.append(time.perf_counter() - start)
            processor.append(time.process_time() - before)
            model.set_params(n_jobs=1)
            before = time.process_time()
            model.predict_proba(cells) if kind == "classes" else model.predict(cells)
            predictions.append(time.process_time() - before)
            losses.append(log_loss(target[held], model.predict_proba(unseen)) if kind == "classes" else mean_squared_error(target[held], model.predict(unseen), squared=False))
        nodes = sum(tree.tree_.node_count for tree in model.estimators_)
        oob = float("nan")
        if args.learner == "randomForest":
            oob = forest(args.trees, n_jobs=args.threads, random_state=0, oob_score=True, min_samples_leaf=args.leaf).fit(cells, answers).oob_score_
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file, tempfile.NamedTemporaryFile("w", suffix=".csv") as other:
            rest.assign(target=answers).to_csv(file.name, index=False)
            features[held].assign(target=target[held]).to_csv(other.name, index=False)
            command = ["dotnet", BENCH, "forest", args.learner, file.name, other.name, kind, str(args.trees), str(args.threads), str(args.runs), str(args.leaf)]
            ours = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        theirs, mine = statistics.median(fits), statistics.median(ours["fit"])
        busy = statistics.median(processor) / statistics.median(ours["processor"])
        speak = statistics.median(predictions) / statistics.median(ours["predict"])
        print(
            f"| {name} | {len(cells)} x {cells.shape[1]} | {theirs:.3f} s | {mine:.3f} s | **{theirs / mine:.1f}** "
            f"| {busy:.1f} ({statistics.median(ours['processor']):.3f} s) "
            f"| {ours['fit'][0]:.3f} s | {speak:.1f} | {nodes} / {ours['nodes']} | {oob:.4f} / {ours['outOfBag'] or float('nan'):.4f} "
            f"| {statistics.mean(losses):.4f} / {statistics.mean(ours['loss']):.4f} |")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
