"""What scikit-learn 1.2.1's regressors predict for the held rows of a table; None for a row whose prediction depends on a tie."""
import numpy as np
from sklearn.ensemble import GradientBoostingRegressor, HistGradientBoostingRegressor
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, Ridge, RidgeCV
from sklearn.neighbors import KNeighborsRegressor
from sklearn.svm import SVR
from sklearn.tree import DecisionTreeRegressor

from classifiers import agreed, untied
from tables import HELD


def column(found):
    return np.asarray(found).reshape(-1, 1)


def neighbors(k, weights="uniform", metric="euclidean", p=2):
    def expected(t):
        if not t.whole:
            return None
        x, y = t.repeated()
        found = KNeighborsRegressor(k, weights=weights, algorithm="kd_tree", metric=metric, p=p).fit(x, y).predict(t.q)
        return [row if good else None for row, good in zip(column(found), untied(x, y, t.q, k, metric, p))]
    return expected


def linear(model):
    return lambda t: column(model.fit(t.standard(t.x), t.y, sample_weight=t.w).predict(t.standard(t.q)))


def least_squares(t):
    # Of more columns than rows scikit-learn takes the shortest coefficients; the library, as R, the first columns.
    return linear(LinearRegression())(t) if t.x.shape[1] < len(t.y) else None


def chosen(t):
    # With weights scikit-learn weighs the errors of left-out rows otherwise.
    return None if t.w is not None or t.x.shape[1] >= len(t.y) else linear(RidgeCV(alphas=[0.01, 0.1, 1, 10, 100]))(t)


def machine(kernel, c):
    def expected(t):
        unit = t.y.std()
        model = SVR(C=c, kernel=kernel, gamma=0.3, epsilon=0.05, tol=1e-6, cache_size=500)
        model.fit(t.standard(t.x), (t.y - t.y.mean()) / unit, t.w)
        found = model.predict(t.standard(t.q)) * unit
        return column(found - found[0])
    return expected


# The library's thresholds are midpoints of all rows' values, those of GradientBoostingRegressor of the rows in a node: the same trees for
# training rows, but not for all rows between them. HistGradientBoostingRegressor's are the library's.
def grown(make, slack=1e-9, training=False):
    def expected(t):
        mean, unit = t.y.mean(), t.y.std()

        def fit(seed, x):
            factor = 1 + 0.37 * seed
            model = make(seed).fit(x, factor * ((t.y - mean) / unit), sample_weight=t.w)
            return lambda rows: column(model.predict(rows)) / factor
        return [None if row is None else mean + unit * row for row in agreed(fit, t.near_one(t.x), t.near_one(t.x[:HELD] if training else t.q), slack)]
    return expected


ALL = {
    "knn3": neighbors(3),
    "knn5Distance": neighbors(5, "distance"),
    "knn4Manhattan": neighbors(4, "distance", "manhattan"),
    "knn5Chebyshev": neighbors(5, "uniform", "chebyshev"),
    "leastSquares": least_squares,
    "ridge": linear(Ridge(alpha=1.0, solver="svd")),
    "ridgeWeak": linear(Ridge(alpha=0.001, solver="svd")),
    "ridgeStrong": linear(Ridge(alpha=100.0, solver="svd")),
    "ridgeCV": chosen,
    "lasso": linear(Lasso(alpha=0.1, tol=1e-14, max_iter=1000000)),
    "elasticNet": linear(ElasticNet(alpha=0.05, l1_ratio=0.3, tol=1e-14, max_iter=1000000)),
    "svmRadial": machine("rbf", 2),
    "svmLinear": machine("linear", 0.5),
    "tree": grown(lambda seed: DecisionTreeRegressor(random_state=seed)),
    "treeDepth": grown(lambda seed: DecisionTreeRegressor(max_depth=3, random_state=seed)),
    "treeLeaves": grown(lambda seed: DecisionTreeRegressor(min_samples_leaf=4, min_samples_split=9, random_state=seed)),
    "gradientBoosting": grown(lambda seed: GradientBoostingRegressor(
        learning_rate=0.3, n_estimators=12, max_depth=3, criterion="friedman_mse", random_state=seed), training=True),
    "gradientBoostingPenalty": grown(lambda seed: HistGradientBoostingRegressor(
        learning_rate=0.3, max_iter=12, max_depth=3, max_leaf_nodes=None, min_samples_leaf=1, l2_regularization=1.0, early_stopping=False,
        random_state=seed), 1e-5),
}
