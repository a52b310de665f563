"""Peers at their defaults on given folds: scikit-learn, XGBoost, LightGBM and ML.NET. Used by bench/default_stack.py.

Words become ordinal codes for trees (categories for LightGBM), one column per word for linear models and ML.NET; missing numbers are left
missing where a peer takes them, and otherwise replaced by the mean.
"""
import ctypes
import json
import os
import subprocess
import tempfile
import time
import warnings

import numpy as np
import pandas as pd
import xgboost
from sklearn.compose import make_column_transformer
from sklearn.ensemble import (HistGradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestClassifier,
                              RandomForestRegressor)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, RidgeCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

warnings.filterwarnings("ignore")
LEAST = 2.220446049250313e-16
MOST_WORDS = 200


def loss(y, predicted, classes):
    if classes:
        return float(-np.log(np.clip(predicted[np.arange(len(y)), y], LEAST, 1)).mean())
    return float(np.sqrt(((predicted - y) ** 2).mean()))


def makers(words, numbers, classes):
    ordinal = lambda: make_column_transformer(
        (OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-1), words), ("passthrough", numbers))
    columns = lambda: make_column_transformer(
        (make_pipeline(SimpleImputer(strategy="constant", fill_value="?"), OneHotEncoder(handle_unknown="ignore", min_frequency=5)), words),
        (make_pipeline(SimpleImputer(), StandardScaler()), numbers))
    forest = RandomForestClassifier if classes else RandomForestRegressor
    boosting = HistGradientBoostingClassifier if classes else HistGradientBoostingRegressor
    xgb = xgboost.XGBClassifier if classes else xgboost.XGBRegressor
    return {
        "HistGradientBoosting": lambda: make_pipeline(ordinal(), boosting(random_state=0)),
        "RandomForest": lambda: make_pipeline(ordinal(), SimpleImputer(), forest(300, min_samples_leaf=2, n_jobs=2, random_state=0)),
        "linear": lambda: make_pipeline(columns(), LogisticRegression(max_iter=2000) if classes else RidgeCV()),
        "XGBoost": lambda: make_pipeline(ordinal(), xgb(tree_method="hist", n_jobs=2)),
    }


def of_python(frame, y, folds, classes):
    words = [c for c in frame if frame[c].dtype == object]
    for name, make in makers(words, [c for c in frame if c not in words], classes > 0).items():
        start, losses = time.perf_counter(), []
        for fold in range(5):
            train, held = folds != fold, folds == fold
            if classes:
                present = np.unique(y[train])
                model = make().fit(frame[train], np.searchsorted(present, y[train]))
                predicted = np.zeros((held.sum(), classes))
                predicted[:, present] = model.predict_proba(frame[held])
            else:
                predicted = make().fit(frame[train], y[train]).predict(frame[held])
            losses.append(loss(y[held], predicted, classes))
        yield name, losses, time.perf_counter() - start


def lightgbm(library, x, y, held, settings):
    def check(code):
        if code:
            library.LGBM_GetLastError.restype = ctypes.c_char_p
            raise RuntimeError(library.LGBM_GetLastError())

    pointer = lambda array: array.ctypes.data_as(ctypes.c_void_p)
    x, held, y = (np.ascontiguousarray(a, dtype=t) for a, t in ((x, float), (held, float), (y, np.float32)))
    data, booster, finished, outputs, length = (ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_int(), ctypes.c_int(), ctypes.c_int64())
    check(library.LGBM_DatasetCreateFromMat(pointer(x), 1, *map(ctypes.c_int, x.shape), 1, settings, None, ctypes.byref(data)))
    check(library.LGBM_DatasetSetField(data, b"label", pointer(y), len(y), 0))
    check(library.LGBM_BoosterCreate(data, settings, ctypes.byref(booster)))
    for _ in range(100):
        check(library.LGBM_BoosterUpdateOneIter(booster, ctypes.byref(finished)))
        if finished.value:
            break
    check(library.LGBM_BoosterGetNumClasses(booster, ctypes.byref(outputs)))
    out = np.zeros(len(held) * outputs.value)
    check(library.LGBM_BoosterPredictForMat(booster, pointer(held), 1, *map(ctypes.c_int, held.shape), 1, 0, 0, -1, b"num_threads=2",
                                            ctypes.byref(length), pointer(out)))
    library.LGBM_BoosterFree(booster)
    library.LGBM_DatasetFree(data)
    return out.reshape(len(held), outputs.value)


def of_lightgbm(path, frame, y, folds, classes):
    library = ctypes.CDLL(path)
    coded, words = frame.copy(), [i for i, c in enumerate(frame) if frame[c].dtype == object]
    for i in words:
        coded.isetitem(i, coded.iloc[:, i].astype("category").cat.codes.replace(-1, np.nan))
    x, start, losses = coded.values.astype(float), time.perf_counter(), []
    for fold in range(5):
        train, held = folds != fold, folds == fold
        present = np.unique(y[train])
        settings = "num_threads=2 verbosity=-1" + (" categorical_feature=" + ",".join(map(str, words)) if words else "")
        settings += "" if not classes else " objective=binary" if len(present) == 2 else f" objective=multiclass num_class={len(present)}"
        found = lightgbm(library, x[train], np.searchsorted(present, y[train]) if classes else y[train], x[held], settings.encode())
        if classes:
            found = np.hstack([1 - found, found]) if found.shape[1] == 1 else found
            predicted = np.zeros((held.sum(), classes))
            predicted[:, present] = found
        else:
            predicted = found[:, 0]
        losses.append(loss(y[held], predicted, classes))
    yield "LightGBM", losses, time.perf_counter() - start


def of_mlnet(program, frame, y, folds, classes):
    words = [c for c in frame if frame[c].dtype == object]
    numbers = frame.copy()
    for c in words:
        numbers[c] = numbers[c].where(numbers[c].isin(numbers[c].value_counts().index[:MOST_WORDS]), "~")
    numbers = pd.get_dummies(numbers, columns=words).astype(float)
    numbers = numbers.fillna(numbers.mean()).fillna(0)
    numbers.columns = [f"f{i}" for i in range(numbers.shape[1])]
    numbers.insert(0, "outer_fold", folds)
    numbers.insert(0, "label", y)
    with tempfile.TemporaryDirectory() as work:
        path = os.path.join(work, "data.csv")
        numbers.to_csv(path, index=False)
        out = subprocess.run(["dotnet", program, path, "c" if classes else "v"], check=True, stdout=subprocess.PIPE).stdout
    for name, found in json.loads(out).items():
        yield "ML.NET " + name, found["folds"], found["seconds"]
