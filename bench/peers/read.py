"""Reading a wide CSV of numbers, against pandas.

read.py FSTACK [ROWS]: creates a file of ROWS x 20 numbers (default 1,000,000 rows) in a temporary folder. Times `fstack fit` of
the majority learner, which reads every column and computes little, and pandas.read_csv, alternately, three times each. The times
include process start-up. Prints the median seconds and the peak memory.
"""
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

fstack, rows = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000


def measured(command):
    start = time.time()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"failed: {command}")
    return time.time() - start, usage.ru_maxrss / 1024


with tempfile.TemporaryDirectory() as folder:
    data, spec, model = (os.path.join(folder, name) for name in ("data.csv", "spec.json", "model.fstack"))
    random.seed(5)
    with open(data, "w") as file:
        file.write(",".join(f"c{i}" for i in range(19)) + ",y\n")
        for row in range(rows):
            file.write(",".join("%.4f" % random.random() for _ in range(19)) + (",p\n" if row % 2 else ",q\n"))
    with open(spec, "w") as file:
        file.write('{"version":1,"learner":"majority"}')
    jobs = {
        "fstack": [fstack, "fit", "--data", data, "--target", "y", "--spec", spec, "--model", model],
        "pandas": [sys.executable, "-c", f"import pandas; pandas.read_csv({data!r})"],
    }
    found = {name: [] for name in jobs}
    for _ in range(3):
        for name, command in jobs.items():
            found[name].append(measured(command))
    for name, runs in found.items():
        print(f"{name}: {statistics.median(seconds for seconds, _ in runs):.2f} s, {max(peak for _, peak in runs):.0f} MB")
