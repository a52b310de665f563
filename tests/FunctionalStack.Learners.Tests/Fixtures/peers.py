"""Makes the expected numbers of the neighbours, naive Bayes, discriminant and linear tests: scikit-learn 1.2.1, run once, results committed.

    python3 peers.py

Every k-th row is held out; columns are standardized by the training rows' mean and population deviation (a constant
column becomes 0); probabilities of the held-out rows are written, row number first. Multinomial naive Bayes sees the
squares. Quadratic discriminant analysis is put together from scikit-learn's covariances, which divide by the count, as
its own QuadraticDiscriminantAnalysis does not.
"""
import os
import numpy as np
from scipy.special import softmax
from sklearn import datasets
from sklearn.covariance import empirical_covariance, shrunk_covariance
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import BernoulliNB, GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC


class Quadratic:
    """Discriminant analysis with each class's covariance shrunk."""

    def fit(self, x, y):
        self.classes = []
        for code in np.unique(y):
            own = x[y == code]
            covariance = shrunk_covariance(empirical_covariance(own), shrinkage=0.1)
            self.classes.append((np.log(len(own) / len(y)), own.mean(axis=0), np.linalg.inv(covariance), np.linalg.slogdet(covariance)[1]))
        return self

    def predict_proba(self, x):
        logs = [prior - 0.5 * determinant - 0.5 * np.einsum("ij,jk,ik->i", x - mean, inverse, x - mean) for prior, mean, inverse, determinant in self.classes]
        return softmax(np.array(logs).T, axis=1)


class OfSquares(MultinomialNB):
    def fit(self, x, y):
        return super().fit(x * x, y)

    def predict_proba(self, x):
        return super().predict_proba(x * x)


class Decisions(SVC):
    """Each pair's decision value, positive for the first class."""

    def predict_proba(self, x):
        found = self.decision_function(x)
        return -found[:, None] if found.ndim == 1 else found


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
        "lda": LinearDiscriminantAnalysis(solver="lsqr"),
        "ldaShrunk": LinearDiscriminantAnalysis(solver="lsqr", shrinkage=0.3),
        "qdaShrunk": Quadratic(),
        "multinomial": OfSquares(alpha=0.5),
        "svmRadial": Decisions(C=2, tol=1e-6, decision_function_shape="ovo"),
        "svmLinear": Decisions(C=2, tol=1e-6, kernel="linear", decision_function_shape="ovo"),
        "bernoulli": BernoulliNB(alpha=0.5, binarize=0.1),
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
