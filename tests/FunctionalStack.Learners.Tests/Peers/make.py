"""Makes the JSON files of this folder: predictions of scikit-learn 1.2.1 on made tables, run once, results committed.

    python3 tests/FunctionalStack.Learners.Tests/Peers/make.py
"""
import json
import os
import sys
import warnings

# Threads would spin beside other work; without them the same numbers are made in seconds.
os.environ["OMP_NUM_THREADS"] = "1"
sys.dont_write_bytecode = True

import numpy as np

import classifiers
import regressors
import scores
import stacks
import tables

warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [rounded(one) for one in value]
    if isinstance(value, (float, np.floating)):
        return float(f"{value:.13g}")
    return int(value) if isinstance(value, np.integer) else value


def case(table, expected):
    return {**table.json(), "expected": rounded(expected)}


def write(name, made):
    with open(os.path.join(HERE, name), "w") as out:
        out.write("[\n" + ",\n".join(json.dumps(one, separators=(",", ":")) for one in made) + "\n]\n")


def compared(table, learners):
    """By learner: the rows, and the tolerance if the table determines it."""
    found = {}
    for name, expected in learners.items():
        if (made := expected(table)) is None:
            continue
        rows, tolerance = made if isinstance(made, tuple) else (made, None)
        found[name] = {"rows": [None if row is None else list(np.atleast_1d(row)) for row in rows], "tolerance": tolerance}
    return found


def main():
    write("classes.json", [case(table, compared(table, classifiers.ALL)) for table in tables.classes()])
    write("numbers.json", [case(table, compared(table, regressors.ALL)) for table in tables.numbers()])
    made = []
    for table in stacks.made():
        found, out_of_fold = stacks.of_classes(table) if table.levels else stacks.of_numbers(table)
        made.append({**case(table, found), "outOfFold": rounded(out_of_fold)})
    write("stacks.json", made)
    write("scores.json", [{**one, "scores": rounded(one["scores"])} for one in scores.of_classes() + scores.of_numbers()])
    write("calibrations.json", [{**one, **rounded({key: one[key] for key in ("platt", "temperature", "isotonic")})} for one in scores.calibrations()])
    write("transforms.json", [{**one, "expected": rounded(one["expected"])} for one in scores.transforms()])
    print(f"scikit-learn's logistic regressions are within {max(classifiers.DISTANCES):.1e} of the optimum")


if __name__ == "__main__":
    main()
