"""Whole stacks, votes and calibrated learners of scikit-learn 1.2.1 on given folds, fitted on columns standardized over all training
rows. Bases are refitted on all rows."""
import numpy as np
from sklearn.calibration import CalibratedClassifierCV
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.ensemble import StackingClassifier, StackingRegressor, VotingClassifier, VotingRegressor
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.model_selection import PredefinedSplit, cross_val_predict
from sklearn.naive_bayes import BernoulliNB, GaussianNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

import tables
from classifiers import Exact, of_levels


class Ordered(KNeighborsClassifier):
    def __init__(self, n_neighbors=5):
        super().__init__(n_neighbors, algorithm="kd_tree")


def plain():
    """k-NN, naive Bayes and discriminant analysis."""
    return [("knn", Ordered(5)), ("bayes", GaussianNB()), ("lda", LinearDiscriminantAnalysis(solver="lsqr"))]


def weighted():
    return [("logistic", Exact(1.0)), ("bernoulli", BernoulliNB(alpha=1.0, binarize=0.0))]


def made():
    """Tables without ties, in which every class is in every fold."""
    found = []
    for seed, (rows, columns, k) in enumerate([(60, 3, 2), (90, 4, 3), (120, 5, 2)]):
        r, x, y = tables.blobs(100 + seed, rows, columns, k)
        folds = r.permutation(np.arange(rows) % (3 + seed))
        found.append(tables.Table(f"stack of {rows} rows, {k} classes", x, y, k, folds=folds))
        w = tables.digits(r.gamma(2, size=rows + tables.HELD), 3)
        found.append(tables.Table(f"stack of {rows} weighted rows, {k} classes", x, y, k, weights=w, folds=folds))
    for seed, (rows, columns) in enumerate([(60, 3), (100, 5)]):
        r, x, y = tables.linear(100 + seed, rows, columns)
        folds = r.permutation(np.arange(rows) % (4 + seed))
        found.append(tables.Table(f"stack of {rows} rows of numbers", x, y, folds=folds))
    return found


def of_classes(t):
    x, q, cv = t.standard(t.x), t.standard(t.q), PredefinedSplit(t.folds)
    bases = (lambda: plain()) if t.w is None else (lambda: weighted())
    found = {}

    def keep(name, model, weights=t.w):
        model.fit(x, t.y) if weights is None else model.fit(x, t.y, sample_weight=weights)
        found[name] = of_levels(model.predict_proba(q), model.classes_, t.levels)

    keep("stack", StackingClassifier(bases(), Exact(1.0), cv=cv, stack_method="predict_proba"))
    keep("stackPassthrough", StackingClassifier(bases(), Exact(0.5), cv=cv, stack_method="predict_proba", passthrough=True))
    keep("nested", StackingClassifier(
        [("vote", VotingClassifier(bases(), voting="soft")), ("logistic", Exact(0.1))], Exact(1.0), cv=cv, stack_method="predict_proba"))
    keep("vote", VotingClassifier(bases(), voting="soft", weights=[1, 2, 3][:len(bases())]))
    # The weighted shares of votes, which scikit-learn does not give, from those of its members.
    hard, weights = VotingClassifier(bases(), voting="hard").fit(x, t.y, sample_weight=t.w), [2, 1, 1.5][:len(bases())]
    found["hardVote"] = sum(w * np.eye(t.levels)[votes] for w, votes in zip(weights, hard.transform(q).T)) / sum(weights)
    name, base = bases()[1]
    keep("isotonic", CalibratedClassifierCV(base, method="isotonic", cv=cv, ensemble=False))
    out_of_fold = {name: cross_val_predict(model, x, t.y, cv=cv, method="predict_proba",
                                           fit_params=None if t.w is None else {"sample_weight": t.w}) for name, model in bases()}
    return found, {name: of_levels(p, np.unique(t.y), t.levels)[:12] for name, p in out_of_fold.items()}


def of_numbers(t):
    x, q, cv = t.standard(t.x), t.standard(t.q), PredefinedSplit(t.folds)
    bases = lambda: [("knn", KNeighborsRegressor(5, algorithm="kd_tree")), ("ridge", Ridge(1.0, solver="svd")),
                     ("strong", Ridge(30.0, solver="svd"))]
    found = {}
    for name, model in {
        "stack": StackingRegressor(bases(), Ridge(1.0, solver="svd"), cv=cv),
        "stackPassthrough": StackingRegressor(bases(), Ridge(1.0, solver="svd"), cv=cv, passthrough=True),
        "nonNegative": StackingRegressor(bases(), LinearRegression(positive=True, fit_intercept=False), cv=cv),
        "vote": VotingRegressor(bases(), weights=[1, 2, 3]),
    }.items():
        found[name] = model.fit(x, t.y).predict(q).reshape(-1, 1)
    out_of_fold = {name: cross_val_predict(model, x, t.y, cv=cv).reshape(-1, 1)[:12] for name, model in bases()}
    return found, out_of_fold
