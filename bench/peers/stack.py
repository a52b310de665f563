"""Cross-validates scikit-learn's StackingClassifier, the peer of `fstack evaluate --spec three.json`.

stack.py DATA TARGET FOLD_COLUMN -> one JSON object. Bases: k-NN (5), forest (100 trees), Gaussian naive Bayes, on
standardized columns; logistic regression on probabilities; five inner folds; n_jobs=2.
"""
import csv
import json
import sys
import time
import warnings

import numpy as np
from sklearn.ensemble import RandomForestClassifier, StackingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, log_loss
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
data, target, fold_column = sys.argv[1:4]
with open(data) as file:
    rows = list(csv.reader(file))
header, rows = rows[0], rows[1:]
y = np.array([row[header.index(target)] for row in rows])
folds = np.array([int(row[header.index(fold_column)]) for row in rows])
features = [i for i, name in enumerate(header) if name not in (target, fold_column)]
X = np.array([[float(row[i]) for i in features] for row in rows])

stack = StackingClassifier(
    [
        ("knn", make_pipeline(StandardScaler(), KNeighborsClassifier(5))),
        ("forest", RandomForestClassifier(100, random_state=1)),
        ("naiveBayes", make_pipeline(StandardScaler(), GaussianNB())),
    ],
    LogisticRegression(max_iter=5000),
    cv=StratifiedKFold(5, shuffle=True, random_state=42),
    n_jobs=2,
)
start = time.perf_counter()
accuracies, losses = [], []
for fold in np.unique(folds):
    train, held = folds != fold, folds == fold
    probabilities = stack.fit(X[train], y[train]).predict_proba(X[held])
    accuracies.append(accuracy_score(y[held], stack.classes_[probabilities.argmax(axis=1)]))
    losses.append(log_loss(y[held], probabilities, labels=stack.classes_))
print(json.dumps({"accuracy": np.mean(accuracies), "logLoss": np.mean(losses), "seconds": time.perf_counter() - start}))
