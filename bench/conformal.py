"""Measures the coverage and the size of prediction intervals and sets.

conformal.py FSTACK DATA_DIR [DATASET ...]: for each data set and each of several random splits, fits on 80% of the rows, and
predicts the others at level 0.9. Compares CV+ (fit --conformal 5) with split conformal prediction of the same model: fitted on
80% of the training rows, with the scores of the other 20%, and for numeric targets without a scale of errors. No set is empty.
Prints means over the splits.
"""
import csv
import json
import math
import os
import random
import subprocess
import sys
import tempfile

fstack, folder = sys.argv[1].split(), sys.argv[2]
LEVEL = 0.9
boosting = {"version": 1, "learner": "gradientBoosting", "params": {"rounds": 200}}
linear = {"version": 1, "stack": {"bases": [{"name": "ridge", "learner": "ridge"},
                                            {"name": "forest", "learner": "randomForest", "params": {"trees": 50, "minSamplesLeaf": 3}}]}}
digits = {"version": 1, "stack": {"bases": [{"name": "logistic", "learner": "logistic"},
                                            {"name": "forest", "learner": "randomForest"}]}}
sets = {
    "california": ("california/housing.csv", "median_house_value", boosting, 20640, 2),
    "diabetes": ("diabetes/diabetes.csv", "target", linear, 442, 10),
    "heteroscedastic": (None, "y", boosting, 2000, 5),
    "digits": ("digits/digits.csv", "digit", digits, 1797, 3),
    "adult": ("adult/train.csv", "income", boosting, 12000, 2),
}


def made_up(count):
    stream = random.Random(0)
    rows = [{"x": stream.uniform(-3, 3), "z": stream.gauss(0, 1)} for _ in range(count)]
    return [{**row, "y": math.sin(row["x"]) + abs(row["x"]) * stream.gauss(0, 1)} for row in rows]


def run(*arguments):
    return subprocess.run([*fstack, *arguments], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def write(path, rows):
    with open(path, "w", newline="") as f:
        table = csv.DictWriter(f, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return path


def read(path):
    with open(path, newline="") as f:
        return list(csv.DictReader(f))


def score(row, level):
    """1 minus the probability of the class."""
    return 1 - float(row[f"P({level})"])


def split_conformal(work, train, test, target, spec, numeric):
    part = len(train) * 4 // 5
    write(f"{work}/part.csv", train[:part])
    write(f"{work}/calibration.csv", train[part:])
    task = ["--task", "regression" if numeric else "classification"]
    run("fit", "--data", f"{work}/part.csv", "--target", target, "--spec", spec, "--model", f"{work}/part.fstack", *task)
    predicted = {}
    for name in ["calibration", "test"]:
        run("predict", "--model", f"{work}/part.fstack", "--data", f"{work}/{name}.csv", "--out", f"{work}/out.csv", "--probabilities")
        predicted[name] = read(f"{work}/out.csv")
    actual = [row[target] for row in train[part:]]
    scores = sorted(abs(float(y) - float(row[target])) if numeric else score(row, y) for y, row in zip(actual, predicted["calibration"]))
    bound = scores[math.ceil(LEVEL * (len(scores) + 1) - 1e-9) - 1]
    if numeric:
        return [(float(row[target]) - bound, float(row[target]) + bound) for row in predicted["test"]]
    levels = [key[2:-1] for key in predicted["test"][0] if key.startswith("P(")]
    return [[level for level in levels if score(row, level) <= bound] or [min(levels, key=lambda level: score(row, level))]
            for row in predicted["test"]]


def cv_plus(work, target, spec, numeric):
    task = ["--task", "regression" if numeric else "classification"]
    run("fit", "--data", f"{work}/train.csv", "--target", target, "--spec", spec, "--model", f"{work}/all.fstack", "--conformal", "5", *task)
    run("predict", "--model", f"{work}/all.fstack", "--data", f"{work}/test.csv", "--out", f"{work}/out.csv",
        "--intervals" if numeric else "--sets", str(LEVEL))
    rows = read(f"{work}/out.csv")
    return [(float(row[f"{target}:lower"]), float(row[f"{target}:upper"])) if numeric else row["set"].split("|") for row in rows]


def measure(found, test, target, numeric):
    """The coverage, and the mean width or size."""
    covered = [low <= float(row[target]) <= high for (low, high), row in zip(found, test)] if numeric \
        else [row[target] in levels for levels, row in zip(found, test)]
    sizes = [high - low for low, high in found] if numeric else [len(levels) for levels in found]
    return sum(covered) / len(covered), sum(sizes) / len(sizes)


print("| data | rows | splits | method | coverage | std over splits | mean width or size |")
print("|---|---|---|---|---|---|---|")
for name in sys.argv[3:] or sets:
    path, target, chosen, most, repeats = sets[name]
    rows = made_up(most) if path is None else read(os.path.join(folder, path))[:most]
    numeric = name in ("california", "diabetes", "heteroscedastic")
    results = {"CV+": [], "split": []}
    with tempfile.TemporaryDirectory() as work:
        spec = f"{work}/spec.json"
        with open(spec, "w") as f:
            json.dump(chosen, f)
        for repeat in range(repeats):
            shuffled = rows[:]
            random.Random(repeat).shuffle(shuffled)
            train, test = shuffled[:len(rows) * 4 // 5], shuffled[len(rows) * 4 // 5:]
            write(f"{work}/train.csv", train)
            write(f"{work}/test.csv", test)
            results["CV+"].append(measure(cv_plus(work, target, spec, numeric), test, target, numeric))
            results["split"].append(measure(split_conformal(work, train, test, target, spec, numeric), test, target, numeric))
    for method, found in results.items():
        coverage = sum(one[0] for one in found) / repeats
        spread = (sum((one[0] - coverage) ** 2 for one in found) / repeats) ** 0.5
        size = sum(one[1] for one in found) / repeats
        print(f"| {name} | {len(rows)} | {repeats} | {method} | {coverage:.4f} | {spread:.4f} | {size:.5g} |", flush=True)
