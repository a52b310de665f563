"""Peak memory of an evaluation.

memory.py FSTACK [ROWS]: generated data of 16 integers from 0 to 15 and 26 classes (default: 20,000 rows); k-NN,
a random forest of 100 trees and naive Bayes with a logistic regression as the meta-learner; five outer and five inner folds; one
thread per processor. Prints the wall-clock seconds and the peak memory of the process.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
import time

fstack = sys.argv[1]
rows = int(sys.argv[2]) if len(sys.argv) > 2 else 20000
classes, columns = 26, 16
random.seed(3)
centres = [[random.gauss(0, 3) for _ in range(columns)] for _ in range(classes)]
bases = [{"learner": "knn"}, {"learner": "randomForest", "params": {"trees": 100}}, {"learner": "naiveBayes"}]

with tempfile.TemporaryDirectory() as work:
    data, spec = os.path.join(work, "data.csv"), os.path.join(work, "spec.json")
    with open(data, "w") as f:
        f.write(",".join(f"x{i}" for i in range(columns)) + ",y\n")
        for _ in range(rows):
            y = random.randrange(classes)
            f.write(",".join(str(min(15, max(0, round(c + random.gauss(0, 2.2) + 8)))) for c in centres[y]) + f",{chr(65 + y)}\n")
    with open(spec, "w") as f:
        json.dump({"version": 1, "stack": {"bases": bases, "meta": {"learner": "logistic"}}}, f)
    begun = time.time()
    process = subprocess.Popen([fstack, "evaluate", "--data", data, "--target", "y", "--spec", spec, "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    answer = json.loads(process.stdout.read())
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0
    print(f"{rows} rows: {time.time() - begun:.1f} s, peak {usage.ru_maxrss // 1024} MB,", {m["name"]: round(m["logLoss"]["mean"], 4) for m in answer["models"]})
