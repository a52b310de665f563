"""Compares the default stack with every single learner of the library and with its peers at their defaults, on the same five folds.

default_stack.py FSTACK DATA [--tables FOLDER] [--only NAME ...] [--singles] [--peers] [--lightgbm LIB] [--mlnet PROGRAM] [--out FILE]

FSTACK: the built tool, fstack or fstack.dll. DATA: adult/, breast_cancer/, california/, diabetes/, digits/, iris/ and titanic/ (`fstack
data` names their sources). FOLDER: the tables of bench/tables.R. LIB: lib_lightgbm.so of LightGBM 4, from its NuGet package. PROGRAM:
mlnet.dll, built from bench/peers/mlnet. --peers needs scikit-learn and XGBoost.

Folds: StratifiedKFold or KFold (5, shuffled, random state 7) of scikit-learn. Log-loss, or RMSE of a numeric target. `lead` is the
stack's loss minus the other's, in standard errors of that difference over the folds: negative if the stack is better. Exits with 1 if
a lead is above 1. FILE keeps every result, so that a run can be continued.
"""
import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

import numpy as np
import pandas as pd
from sklearn.model_selection import KFold, StratifiedKFold

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers"))

OWN = {
    "iris": ("iris/iris.csv", "species", True), "titanic": ("titanic/train.csv", "Survived", True),
    "breast_cancer": ("breast_cancer/breast_cancer.csv", "target", True), "digits": ("digits/digits.csv", "digit", True),
    "adult": ("adult/train.csv", "income", True), "california": ("california/housing.csv", "median_house_value", False),
    "diabetes": ("diabetes/diabetes.csv", "target", False),
}
TABLES = {
    "BostonHousing": ("medv", False), "Glass": ("Type", True), "HouseVotes84": ("Class", True), "Ionosphere": ("Class", True),
    "LetterRecognition": ("lettr", True), "PimaIndiansDiabetes": ("diabetes", True), "Sonar": ("Class", True),
    "Vehicle": ("Class", True), "spam": ("type", True), "ames": ("Sale_Price", False), "attrition": ("Attrition", True),
    "cells": ("class", True), "concrete": ("compressive_strength", False), "credit_data": ("Status", True),
    "mlc_churn": ("churn", True), "wa_churn": ("churn", True), "Sacramento": ("price", False), "car_prices": ("Price", False),
}
DROPPED = {"titanic": ["PassengerId"], "cells": ["case"]}
MOST_ROWS = {"adult": 12_000}
SINGLES = {
    True: ["knn", "naiveBayes", "logistic", "lda", "qda", "svm", "tree", "randomForest", "extraTrees", "adaBoost", "gradientBoosting",
           "net", "majority"],
    False: ["knn", "ridge", "ridgeCV", "lasso", "elasticNet", "svm", "tree", "randomForest", "extraTrees", "adaBoost",
            "gradientBoosting", "net"],
}

parser = argparse.ArgumentParser()
parser.add_argument("fstack")
parser.add_argument("data")
parser.add_argument("--tables")
parser.add_argument("--only", nargs="*")
parser.add_argument("--singles", action="store_true")
parser.add_argument("--peers", action="store_true")
parser.add_argument("--lightgbm")
parser.add_argument("--mlnet")
parser.add_argument("--out")
options = parser.parse_args()
tool = ["dotnet", options.fstack] if options.fstack.endswith(".dll") else [options.fstack]
results = json.load(open(options.out)) if options.out and os.path.exists(options.out) else {}


def read(name):
    path, target, classes = OWN[name] if name in OWN else (None, *TABLES[name])
    frame = pd.read_csv(os.path.join(options.data, path) if path else os.path.join(options.tables, name + ".csv"),
                        keep_default_na=False, na_values=[""])
    frame = frame.drop(columns=DROPPED.get(name, []))
    if len(frame) > MOST_ROWS.get(name, len(frame)):
        frame = frame.sample(MOST_ROWS[name], random_state=0).reset_index(drop=True)
    plan = StratifiedKFold if classes else KFold
    folds = np.zeros(len(frame), int)
    for fold, (_, held) in enumerate(plan(5, shuffle=True, random_state=7).split(frame, frame[target].astype(str) if classes else None)):
        folds[held] = fold
    return frame, target, classes, folds


def evaluate(path, target, classes, learner=None):
    command = [*tool, "evaluate", "--data", path, "--target", target, "--fold-column", "outer_fold", "--json", "--threads", "2",
               "--task", "classification" if classes else "regression"]
    with tempfile.TemporaryDirectory() as work:
        if learner:
            command += ["--spec", os.path.join(work, "spec.json")]
            json.dump({"version": 1, "learner": learner}, open(command[-1], "w"))
        start = time.perf_counter()
        out = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if out.returncode:
        return None
    score = json.loads(out.stdout)["models"][-1]["logLoss" if classes else "rmse"]["folds"]
    return {"folds": score, "seconds": time.perf_counter() - start,
            "peakMb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}


def found(name):
    known = results.setdefault(name, {})
    frame, target, classes, folds = read(name)

    def keep(model, result):
        known[model] = result
        if options.out:
            json.dump(results, open(options.out, "w"))

    with tempfile.TemporaryDirectory() as work:
        path = os.path.join(work, name + ".csv")
        frame.assign(outer_fold=folds).to_csv(path, index=False)
        for learner in [None, *(SINGLES[classes] if options.singles else [])]:
            if (learner or "default stack") not in known and (result := evaluate(path, target, classes, learner)):
                keep(learner or "default stack", result)
    features = frame.drop(columns=[target])
    y = pd.factorize(frame[target].astype(str), sort=True)[0] if classes else frame[target].values.astype(float)
    count = int(y.max()) + 1 if classes else 0
    if options.peers or options.lightgbm or options.mlnet:
        import defaults
        if options.peers and "XGBoost" not in known:
            for model, losses, seconds in defaults.of_python(features, y, folds, count):
                keep(model, {"folds": losses, "seconds": seconds})
        if options.lightgbm and "LightGBM" not in known:
            for model, losses, seconds in defaults.of_lightgbm(options.lightgbm, features, y, folds, count):
                keep(model, {"folds": losses, "seconds": seconds})
        if options.mlnet and "ML.NET Sdca" not in known:
            for model, losses, seconds in defaults.of_mlnet(options.mlnet, features, y, folds, count):
                keep(model, {"folds": losses, "seconds": seconds})
    return known


def lead(stack, other):
    difference = np.array(stack) - np.array(other)
    error = difference.std(ddof=1) / len(difference) ** 0.5
    return 0.0 if error == 0 else difference.mean() / error


def main():
    beaten = False
    print("| table | default stack | seconds | peak MB | nearest single learner | its loss | lead | nearest peer | its loss | lead |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    names = options.only or [*OWN, *(TABLES if options.tables else [])]
    for name in names:
        known = found(name)
        stack = known["default stack"]
        cells = [name, f"{np.mean(stack['folds']):.5g}", f"{stack['seconds']:.0f}", f"{stack['peakMb']:.0f}"]
        library = {model for kind in SINGLES.values() for model in kind}
        for group in ([m for m in known if m in library], [m for m in known if m not in library and m != "default stack"]):
            if not group:
                cells += ["", "", ""]
                continue
            # The one that is most clearly ahead of the stack, or least clearly behind.
            nearest = max(group, key=lambda model: lead(stack["folds"], known[model]["folds"]))
            ahead = lead(stack["folds"], known[nearest]["folds"])
            beaten |= ahead > 1
            cells += [nearest, f"{np.mean(known[nearest]['folds']):.5g}", f"{ahead:+.1f}"]
        print("| " + " | ".join(cells) + " |", flush=True)
    sys.exit(1 if beaten else 0)


if __name__ == "__main__":
    main()
