"""Makes the expected numbers of the neighbours, naive Bayes and linear tests: scikit-learn 1.2.1, run once, results committed.

    python3 peers.py

Every k-th row is held out; columns are standardized by the training rows' mean and population deviation (a constant
column becomes 0); probabilities of the held-out rows are written, row number first.
"""
import os
import numpy as np
from sklearn import datasets
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier

here = os.path.dirname(os.path.abspath(__file__))


def write(name, every, x, y):
    rows = np.arange(len(y))
    held = rows % every == 0
    mean, deviation = x[~held].mean(axis=0), x[~held].std(axis=0)
    x = (x - mean) / np.where(deviation > 0, deviation, 1)
    models = {
        "knn": KNeighborsClassifier(5, algorithm="brute"),
        "naiveBayes": GaussianNB(),
        "logistic": LogisticRegression(C=1.0, solver="newton-cg", tol=1e-12, max_iter=10000),
    }
    columns, header = [rows[held]], ["row"]
    for model, learner in models.items():
        p = learner.fit(x[~held], y[~held]).predict_proba(x[held])
        for level in range(p.shape[1]):
            columns.append(p[:, level])
            header.append(f"{model}:{level}")
    with open(os.path.join(here, f"{name}-expected.csv"), "w") as out:
        out.write(",".join(header) + "\n")
        for i in range(held.sum()):
            out.write(",".join([str(columns[0][i])] + [f"{c[i]:.12g}" for c in columns[1:]]) + "\n")


iris = datasets.load_iris()
with open(os.path.join(here, "iris.csv"), "w") as out:
    out.write("sepal_length,sepal_width,petal_length,petal_width,species\n")
    for row, code in zip(iris.data, iris.target):
        out.write(",".join(f"{v:g}" for v in row) + f",{code}\n")
write("iris", 3, iris.data, iris.target)
cancer = datasets.load_breast_cancer()
write("breast_cancer", 14, cancer.data, cancer.target)
digits = datasets.load_digits()
write("digits", 45, digits.data, digits.target)
