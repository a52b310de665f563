"""Times scikit-learn's stack of HistGradientBoosting, RandomForest (300), ExtraTrees (300) and logistic or ridge regression, with two
threads, on the five outer folds of bench/default_stack.py. The default stack's time is that of one `fstack evaluate`.

stack_default.py DATA NAME ...        (imports the tables of bench/default_stack.py)
"""
import importlib.util
import os
import sys
import time

import numpy as np
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import (ExtraTreesClassifier, ExtraTreesRegressor, HistGradientBoostingClassifier, HistGradientBoostingRegressor,
                              RandomForestClassifier, RandomForestRegressor, StackingClassifier, StackingRegressor)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, RidgeCV
from sklearn.metrics import log_loss, mean_squared_error
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "default_stack.py")
sys.argv, names = [path, "none", sys.argv[1]], sys.argv[2:]
spec = importlib.util.spec_from_file_location("default_stack", path)
tables = importlib.util.module_from_spec(spec)
spec.loader.exec_module(tables)

numbers, texts = make_column_selector(dtype_include=np.number), make_column_selector(dtype_exclude=np.number)


def ordinal():
    return make_column_transformer((SimpleImputer(), numbers), (OrdinalEncoder(
        handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-1), texts))


def linear():
    return make_column_transformer((make_pipeline(SimpleImputer(), StandardScaler()), numbers),
                                   (OneHotEncoder(handle_unknown="ignore", min_frequency=5), texts))


def stack(classes):
    if classes:
        bases = [HistGradientBoostingClassifier(), RandomForestClassifier(300, n_jobs=2), ExtraTreesClassifier(300, n_jobs=2)]
        return StackingClassifier([(str(i), make_pipeline(ordinal(), one)) for i, one in enumerate(bases)]
                                  + [("linear", make_pipeline(linear(), LogisticRegression(max_iter=1000)))], n_jobs=1)
    bases = [HistGradientBoostingRegressor(), RandomForestRegressor(300, n_jobs=2), ExtraTreesRegressor(300, n_jobs=2)]
    return StackingRegressor([(str(i), make_pipeline(ordinal(), one)) for i, one in enumerate(bases)]
                             + [("linear", make_pipeline(linear(), RidgeCV()))], n_jobs=1)


for name in names:
    frame, target, classes, folds = tables.read(name)
    x, y = frame.drop(columns=[target]), frame[target]
    start, losses = time.perf_counter(), []
    for fold in range(5):
        train, held = folds != fold, folds == fold
        model = stack(classes).fit(x[train], y[train])
        losses.append(log_loss(y[held], model.predict_proba(x[held]), labels=model.classes_) if classes
                      else mean_squared_error(y[held], model.predict(x[held])) ** 0.5)
    print(f"| {name} | {np.mean(losses):.5g} | {time.perf_counter() - start:.1f} |", flush=True)
