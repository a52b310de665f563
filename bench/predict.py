"""Time and peak memory of `fstack predict` on a long table, and of its start-up.

predict.py FSTACK [ROWS]: creates a table of ROWS rows (default 10,000,000) of four numbers and a category in a temporary folder, fits a
forest of 20 trees of depth 8 on 20,000 of them, and predicts all rows on one and on two threads.
predict.py FSTACK start MODEL DATA [RUNS]: runs `fstack --help` and `fstack predict` of DATA in turn, RUNS times each (default 15).
Prints seconds of the wall clock, seconds of processor time and the peak memory of the whole process.
"""
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

fstack = sys.argv[1]
SPEC = """{"version":1,"learner":"randomForest","params":{"trees":20,"maxDepth":8},"preprocess":[{"name":"oneHot"}]}"""


def measured(*arguments):
    start = time.time()
    process = subprocess.Popen([fstack, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"failed: {arguments}")
    return time.time() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def rows(count):
    for _ in range(count):
        a, b, c, d = (random.gauss(0, 1) for _ in range(4))
        kind = random.choice(("red", "green", "blue", "grey"))
        yield f"{a:.4f},{b:.4f},{c:.4f},{d:.4f},{kind}", "yes" if a * b + c + (kind == "red") + random.gauss(0, 0.3) > 0 else "no"


def long(count):
    random.seed(1)
    block = list(rows(20_000))
    with tempfile.TemporaryDirectory() as folder:
        train, data, spec, model, out = (os.path.join(folder, name) for name in ("t.csv", "d.csv", "s.json", "m.fstack", "p.csv"))
        with open(train, "w") as file:
            file.write("a,b,c,d,e,y\n" + "".join(f"{row},{y}\n" for row, y in block))
        with open(spec, "w") as file:
            file.write(SPEC)
        text = "".join(f"{row}\n" for row, _ in block)
        with open(data, "w") as file:
            file.write("a,b,c,d,e\n")
            # Not in one piece: the peak of a child process counts the memory of this one when it was started.
            for _ in range(count // len(block)):
                file.write(text)
        measured("fit", "--data", train, "--target", "y", "--spec", spec, "--model", model)
        for threads in (1, 2):
            wall, processor, peak = measured("predict", "--model", model, "--data", data, "--out", out, "--threads", str(threads))
            print(f"{threads} threads: {wall:.1f} s, {processor:.1f} s of processor time, {peak:.0f} MB")


def start(model, data, runs):
    with tempfile.TemporaryDirectory() as folder:
        jobs = {"--help": ["--help"], "predict": ["predict", "--model", model, "--data", data, "--out", os.path.join(folder, "p.csv")]}
        found = {name: [] for name in jobs}
        for _ in range(runs):
            for name, arguments in jobs.items():
                found[name].append(measured(*arguments))
        for name, all_runs in found.items():
            wall, processor, peak = zip(*all_runs)
            print(f"{name}: {min(wall):.3f} s at best, {statistics.median(wall):.3f} s median, "
                  f"{min(processor):.3f} and {statistics.median(processor):.3f} s of processor time, {max(peak):.0f} MB")


if sys.argv[2:3] == ["start"]:
    start(sys.argv[3], sys.argv[4], int(sys.argv[5]) if len(sys.argv) > 5 else 15)
else:
    long(int(sys.argv[2]) if len(sys.argv) > 2 else 10_000_000)
