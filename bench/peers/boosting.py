"""Gradient boosting, this library against LightGBM and XGBoost's hist, on the same rows, trees, depth, bins and threads.

    dotnet build bench/FunctionalStack.Bench -c Release
    python3 bench/peers/boosting.py DATA LIB [--threads 2] [--runs 5] [--only otto,adult] [--rounds N] [--skip xgboost]

DATA holds otto/train.csv with otto/split80_20.csv, and adult/train.csv with adult/test.csv. LIB is lib_lightgbm.so of LightGBM 4,
from its NuGet package. Categories become ordinal codes, the same for all. The three libraries run alternately, RUNS times in one
process each. The table has medians of wall-clock and processor seconds. Fit times include binning; prediction is of the test rows
on one thread.
"""
import argparse
import ctypes
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
import pandas

HERE = os.path.dirname(os.path.abspath(__file__))
BENCH = os.path.join(HERE, "../FunctionalStack.Bench/bin/Release/net10.0/FunctionalStack.Bench.dll")
CASES = {
    # rounds, depth, eta, subsample, columns by tree, minimum child weight
    "otto": (100, 8, 0.1, 0.8, 0.5, 3.0),
    "otto_plain": (100, 6, 0.1, 1.0, 1.0, 1.0),
    "adult": (200, 6, 0.1, 1.0, 1.0, 1.0),
}


def load(name, data):
    if name.startswith("otto"):
        table = pandas.read_csv(os.path.join(data, "otto/train.csv"))
        later = pandas.read_csv(os.path.join(data, "otto/split80_20.csv"))["test"].to_numpy() == 1
        cells, words = table.iloc[:, 1:-1].to_numpy(float), table.iloc[:, -1]
    else:
        parts = [pandas.read_csv(os.path.join(data, f"adult/{part}.csv")) for part in ("train", "test")]
        table = pandas.concat(parts, ignore_index=True)
        later = numpy.arange(len(table)) >= len(parts[0])
        for word in table.columns[:-1]:
            if table[word].dtype == object:
                table[word] = table[word].astype("category").cat.codes
        cells, words = table.iloc[:, :-1].to_numpy(float), table.iloc[:, -1].str.strip().str.strip(".")
    codes = words.astype("category").cat.codes.to_numpy()
    return cells[~later], codes[~later], cells[later], codes[later]


def log_loss(probabilities, codes):
    return -numpy.log(numpy.maximum(probabilities[numpy.arange(len(codes)), codes], 1e-15)).mean()


def timed(work):
    start, before = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - start, time.process_time() - before


class LightGBM:
    def __init__(self, path):
        self.lib = ctypes.cdll.LoadLibrary(path)
        self.lib.LGBM_GetLastError.restype = ctypes.c_char_p

    def call(self, name, *args):
        if getattr(self.lib, name)(*args) != 0:
            raise RuntimeError(self.lib.LGBM_GetLastError().decode())

    def fit(self, cells, codes, parameters, rounds):
        text = " ".join(f"{key}={value}" for key, value in parameters.items()).encode()
        data, booster, stop = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_int()
        cells = numpy.ascontiguousarray(cells)
        labels = numpy.ascontiguousarray(codes, numpy.float32)
        self.call("LGBM_DatasetCreateFromMat", cells.ctypes.data_as(ctypes.c_void_p), 1, ctypes.c_int32(cells.shape[0]), ctypes.c_int32(cells.shape[1]), 1, text, None, ctypes.byref(data))
        self.call("LGBM_DatasetSetField", data, b"label", labels.ctypes.data_as(ctypes.c_void_p), ctypes.c_int(len(labels)), 0)
        self.call("LGBM_BoosterCreate", data, text, ctypes.byref(booster))
        for _ in range(rounds):
            self.call("LGBM_BoosterUpdateOneIter", booster, ctypes.byref(stop))
        self.call("LGBM_DatasetFree", data)
        return booster

    def predict(self, booster, cells, classes, threads):
        cells = numpy.ascontiguousarray(cells)
        out = numpy.empty(len(cells) * (classes if classes > 2 else 1))
        length = ctypes.c_int64()
        self.call("LGBM_BoosterPredictForMat", booster, cells.ctypes.data_as(ctypes.c_void_p), 1, ctypes.c_int32(cells.shape[0]), ctypes.c_int32(cells.shape[1]), 1, 0, 0, -1,
                  f"num_threads={threads}".encode(), ctypes.byref(length), out.ctypes.data_as(ctypes.c_void_p))
        return out.reshape(len(cells), classes) if classes > 2 else numpy.column_stack([1 - out, out])

    def free(self, booster):
        self.call("LGBM_BoosterFree", booster)


class Times:
    def __init__(self):
        self.fit, self.fit_busy, self.predict, self.predict_busy, self.loss = [], [], [], [], []

    def add(self, fit, predict, loss):
        for kept, new in zip((self.fit, self.fit_busy, self.predict, self.predict_busy, self.loss), (*fit, *predict, loss)):
            kept.append(new)

    def row(self):
        return [statistics.median(kept) for kept in (self.fit, self.fit_busy, self.predict, self.predict_busy, self.loss)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("lib")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--only")
    parser.add_argument("--skip", default="")
    args = parser.parse_args()
    print("| data | library | fit s | processor s | predict s, 1 thread | processor s | log-loss | fit, ratio of processor time | predict, ratio |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, (rounds, depth, eta, subsample, columns, least) in CASES.items():
        if args.only and name not in args.only.split(","):
            continue
        rounds = args.rounds or rounds
        cells, codes, test_cells, test_codes = load(name, args.data)
        classes = int(codes.max()) + 1
        results = {}

        with tempfile.TemporaryDirectory() as folder:
            files = []
            for part, x, y in (("train", cells, codes), ("test", test_cells, test_codes)):
                files.append(os.path.join(folder, part + ".csv"))
                frame = pandas.DataFrame(x, columns=[f"x{i}" for i in range(x.shape[1])])
                frame.assign(target=[f"c{c:02}" for c in y]).to_csv(files[-1], index=False)
            ours = None
            if "ours" not in args.skip:
                spec = dict(rounds=rounds, maxDepth=depth, eta=eta, subsample=subsample, columnsByTree=columns, minChildWeight=least)
                ours = subprocess.Popen(["dotnet", BENCH, "boosting", *files, json.dumps(spec), str(args.threads)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            light = LightGBM(args.lib) if "lightgbm" not in args.skip else None

            for run in range(args.runs):
                if "xgboost" not in args.skip:
                    import xgboost

                    settings = dict(max_depth=depth, eta=eta, subsample=subsample, colsample_bytree=columns, min_child_weight=least, tree_method="hist", max_bin=255, nthread=args.threads, seed=run,
                                    **(dict(objective="multi:softprob", num_class=classes) if classes > 2 else dict(objective="binary:logistic")))
                    booster, *fit = timed(lambda: xgboost.train(settings, xgboost.DMatrix(cells, codes, nthread=args.threads), rounds))
                    booster.set_param("nthread", 1)
                    p, *predict = timed(lambda: booster.predict(xgboost.DMatrix(test_cells, nthread=1)))
                    results.setdefault("XGBoost", Times()).add(fit, predict, log_loss(p if classes > 2 else numpy.column_stack([1 - p, p]), test_codes))
                if light:
                    # LightGBM's second derivative of the softmax loss is K / (K - 1) p (1 - p), XGBoost's and ours 2 p (1 - p):
                    # so the same steps need another learning rate, penalty and minimum child weight.
                    unit = classes / (classes - 1) / 2 if classes > 2 else 1
                    settings = dict(verbose=-1, num_leaves=2**depth, max_depth=depth, learning_rate=eta * unit, min_sum_hessian_in_leaf=least * unit, min_data_in_leaf=1, max_bin=255, lambda_l2=unit, seed=run,
                                    bagging_fraction=subsample, bagging_freq=int(subsample < 1), feature_fraction=columns, num_threads=args.threads, objective="multiclass" if classes > 2 else "binary",
                                    **(dict(num_class=classes) if classes > 2 else {}))
                    booster, *fit = timed(lambda: light.fit(cells, codes, settings, rounds))
                    p, *predict = timed(lambda: light.predict(booster, test_cells, classes, 1))
                    results.setdefault("LightGBM", Times()).add(fit, predict, log_loss(p, test_codes))
                    light.free(booster)
                if ours:
                    ours.stdin.write(f"{run}\n")
                    ours.stdin.flush()
                    line = json.loads(ours.stdout.readline())
                    results.setdefault("ours", Times()).add(line["fit"], line["predict"], line["logLoss"])
            if ours:
                ours.stdin.close()
                ours.wait()
        mine = results["ours"].row() if ours else None
        for who, times in results.items():
            fit, busy, predict, speak, loss = times.row()
            ratios = f"{busy / mine[1]:.2f} | {speak / mine[3]:.1f}" if mine else "|"
            print(f"| {name}, {len(cells):,} x {cells.shape[1]}, {classes} classes, {rounds} x depth {depth} | {who} | {fit:.3f} | {busy:.3f} | {predict:.3f} | {speak:.3f} | {loss:.4f} | {ratios} |", flush=True)


if __name__ == "__main__":
    main()
