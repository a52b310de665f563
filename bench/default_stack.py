"""Compares the default stack with every single learner of the library.

default_stack.py FSTACK DATA_DIR [DATASET ...]: cross-validates on each data set with five outer folds. Prints the log-loss of
the default stack and of every learner with its default preprocessing, and the lead of the best single learner in standard
errors of the stack's mean (negative: the stack is better). Exits with 1 if a lead is greater than one.
"""
import json
import os
import subprocess
import sys
import tempfile

fstack, folder = sys.argv[1], sys.argv[2]
sets = {
    "iris": ("iris/iris.csv", "species", []),
    "titanic": ("titanic/train.csv", "Survived", ["--id", "PassengerId"]),
    "breast_cancer": ("breast_cancer/breast_cancer.csv", "target", []),
    "digits": ("digits/digits.csv", "digit", []),
    "adult": ("adult/train.csv", "income", []),
}
learners = ["knn", "naiveBayes", "logistic", "lda", "tree", "randomForest", "extraTrees", "adaBoost", "gradientBoosting", "majority"]


def evaluate(data, target, extra, spec=None):
    command = [fstack, "evaluate", "--data", os.path.join(folder, data), "--target", target, "--json", *extra]
    if spec:
        command += ["--spec", spec]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return json.loads(out)


def standard_error(folds):
    mean = sum(folds) / len(folds)
    return (sum((x - mean) ** 2 for x in folds) / (len(folds) - 1) / len(folds)) ** 0.5


beaten = False
print("| data | stack log-loss | standard error | accuracy | seconds | best single learner | its log-loss | lead (standard errors) |")
print("|---|---|---|---|---|---|---|---|")
for name in sys.argv[3:] or sets:
    data, target, extra = sets[name]
    answer = evaluate(data, target, extra)
    stack = answer["models"][-1]
    error = standard_error(stack["logLoss"]["folds"])
    singles = {m["name"]: m["logLoss"]["mean"] for m in answer["models"][:-1]}
    with tempfile.TemporaryDirectory() as work:
        for learner in learners:
            spec = os.path.join(work, "spec.json")
            with open(spec, "w") as f:
                json.dump({"version": 1, "learner": learner}, f)
            singles[learner] = evaluate(data, target, extra, spec)["models"][-1]["logLoss"]["mean"]
    best = min(singles, key=singles.get)
    ahead = (stack["logLoss"]["mean"] - singles[best]) / error
    beaten |= ahead > 1
    print(f"| {name} | {stack['logLoss']['mean']:.4f} | {error:.4f} | {stack['accuracy']['mean']:.4f} | {answer['seconds']:.1f} | {best} | {singles[best]:.4f} | {ahead:+.2f} |", flush=True)
sys.exit(1 if beaten else 0)
