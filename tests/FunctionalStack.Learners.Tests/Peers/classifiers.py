"""What scikit-learn 1.2.1's classifiers predict for the held rows of a table: probabilities (or decision values), None for a row whose
prediction depends on a tie. A second value is the tolerance, where it follows from the table."""
import numpy as np
from scipy.special import softmax
from sklearn.covariance import shrunk_covariance
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.ensemble import AdaBoostClassifier, HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import BernoulliNB, GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier


def of_levels(found, present, levels):
    whole = np.zeros((len(found), levels))
    whole[:, present] = found
    return whole


def untied(x, y, q, k, metric, p):
    """Whether the prediction of a row is the same, whichever of the rows at the distance of the k-th neighbour are taken."""
    algorithm = "brute" if metric == "cosine" else "kd_tree"
    distance, at = NearestNeighbors(n_neighbors=len(y), algorithm=algorithm, metric=metric, p=p).fit(x).kneighbors(q)
    edge = distance[:, k - 1:k]
    same = np.abs(distance - edge) <= 1e-9 * edge
    # scikit-learn's cosine distances are good to 1e-16: not to the digits that are compared if they are themselves small.
    exact = distance[:, 0] > (1e-6 if metric == "cosine" else -1)
    return [exact[i] and (len(set(y[at[i][same[i]]])) == 1 or not same[i][k:].any()) for i in range(len(q))]


def neighbors(k, weights="uniform", metric="euclidean", p=2):
    def expected(t):
        if not t.whole or (metric == "cosine" and t.x.shape[1] == 1):
            return None
        x, y = t.repeated()
        algorithm = "brute" if metric == "cosine" else "kd_tree"
        model = KNeighborsClassifier(k, weights=weights, algorithm=algorithm, metric=metric, p=p).fit(x, y)
        found = of_levels(model.predict_proba(t.q), model.classes_, t.levels)
        return [row if good else None for row, good in zip(found, untied(x, y, t.q, k, metric, p))], None
    return expected


def gaussian(t):
    # scikit-learn's smoothing is a share of the largest variance without weights; the library's of that with weights.
    plain = t.x.var(axis=0).max()
    mean = np.average(t.x, axis=0, weights=t.weights)
    weighted = np.average((t.x - mean) ** 2, axis=0, weights=t.weights).max()
    model = GaussianNB(var_smoothing=1e-9 * weighted / plain).fit(t.x, t.y, t.w)
    return of_levels(model.predict_proba(t.q), model.classes_, t.levels), None


def multinomial(alpha, prior):
    def expected(t):
        if (t.x < 0).any() or (t.q < 0).any():
            return None
        model = MultinomialNB(alpha=alpha, fit_prior=prior).fit(t.x, t.y, t.w)
        return of_levels(model.predict_proba(t.q), model.classes_, t.levels), None
    return expected


def bernoulli(alpha, threshold, prior=True):
    def expected(t):
        model = BernoulliNB(alpha=alpha, binarize=threshold, fit_prior=prior).fit(t.x, t.y, t.w)
        return of_levels(model.predict_proba(t.q), model.classes_, t.levels), None
    return expected


# The library adds 1e-12 to the variances of standardized columns. Relative to the least variance of a direction that changes a squared
# distance by this share; the squared distances of held rows are below about 1e3.
FLOOR = 1e-12 * 1e3


def smallest(covariance):
    return np.linalg.eigvalsh(covariance)[0]


def linear_discriminant(shrinkage):
    def expected(t):
        if not t.whole:
            return None
        x, y = t.repeated()
        use = t.independent if shrinkage is None else list(range(t.x.shape[1]))
        x, q = t.standard(x)[:, use], t.standard(t.q)[:, use]
        if len(np.unique(y)) + len(use) > len(t.y):
            return None
        model = LinearDiscriminantAnalysis(solver="lsqr", shrinkage=shrinkage).fit(x, y)
        return of_levels(model.predict_proba(q), model.classes_, t.levels), FLOOR / smallest(model.covariance_)
    return expected


def quadratic(shrinkage):
    """Of scikit-learn's shrunk covariances, which divide by the count, as its QuadraticDiscriminantAnalysis does not."""
    def expected(t):
        use = t.independent if shrinkage == 0 else list(range(t.x.shape[1]))
        x, q, logs, least, present = t.standard(t.x)[:, use], t.standard(t.q)[:, use], [], np.inf, np.unique(t.y)
        for code in present:
            own, w = x[t.y == code], t.weights[t.y == code]
            if shrinkage == 0 and len(own) <= len(use) + 1:
                return None
            mean = np.average(own, axis=0, weights=w)
            covariance = shrunk_covariance((own - mean).T @ ((own - mean) * w[:, None]) / w.sum(), shrinkage)
            least = min(least, smallest(covariance))
            d = q - mean
            logs.append(np.log(w.sum() / t.weights.sum()) - 0.5 * np.linalg.slogdet(covariance)[1]
                        - 0.5 * np.einsum("ij,ij->i", d @ np.linalg.inv(covariance), d))
        return of_levels(softmax(np.array(logs).T, axis=1), present, t.levels), FLOOR / least
    return expected


DISTANCES = []


class Exact(LogisticRegression):
    """scikit-learn's solution, then Newton's method from there to the last digits: its own solvers stop earlier."""

    def __init__(self, C=1.0):
        super().__init__(C=C, solver="lbfgs", tol=1e-8, max_iter=100000)

    def fit(self, x, y, sample_weight=None):
        super().fit(x, y, sample_weight)
        own = self.predict_proba(x)
        one, w = len(self.classes_) == 2, self.C * (np.ones(len(y)) if sample_weight is None else sample_weight)
        z, truth = np.column_stack([x, np.ones(len(x))]), (y[:, None] == self.classes_[None, :]).astype(float)
        first, size, penalty = (1 if one else 0), z.shape[1], np.append(np.ones(x.shape[1]), 0)
        for _ in range(30):
            p = self.predict_proba(x)
            beta = np.column_stack([self.coef_, self.intercept_])
            gradient = ((p - truth)[:, first:] * w[:, None]).T @ z + penalty * beta
            hessian = np.zeros((beta.size, beta.size))
            for i in range(len(beta)):
                for j in range(len(beta)):
                    curve = p[:, first + i] * ((i == j) - p[:, first + j])
                    own_block = (z * (w * curve)[:, None]).T @ z + (i == j) * np.diag(penalty)
                    hessian[i * size:(i + 1) * size, j * size:(j + 1) * size] = own_block
            step = np.linalg.lstsq(hessian, gradient.ravel(), rcond=1e-14)[0].reshape(beta.shape)
            self.coef_, self.intercept_ = self.coef_ - step[:, :-1], self.intercept_ - step[:, -1]
            if np.abs(step).max() < 1e-12:
                break
        assert np.abs(step).max() < 1e-9
        DISTANCES.append(np.abs(self.predict_proba(x) - own).max())
        assert DISTANCES[-1] < 1e-4, DISTANCES[-1]
        return self


def logistic(c):
    def expected(t):
        model = Exact(c).fit(t.standard(t.x), t.y, t.w)
        return of_levels(model.predict_proba(t.standard(t.q)), model.classes_, t.levels), None
    return expected


def machine(kernel, c):
    """The decision values of each pair of classes, positive for the first."""
    def expected(t):
        x, q = t.standard(t.x), t.standard(t.q)
        gamma = 0.3
        model = SVC(C=c, kernel=kernel, gamma=gamma, tol=1e-6, decision_function_shape="ovo", cache_size=500).fit(x, t.y, t.w)
        found = model.decision_function(q)
        found = -found[:, None] if found.ndim == 1 else found
        # Where no support vector is inside its bounds, the constant may be any number of an interval: differences are compared.
        return found - found[0], None
    return expected


SEEDS = range(10)


def agreed(fit, x, q, slack=1e-9):
    """The predictions of a tree learner: None where they differ between ways to break ties, or where a cell is nearly at a threshold.
    Ties that only rounding breaks are found by columns in another order and with other signs, which change no tree but its rounding."""
    found, others = None, []
    for seed in SEEDS:
        r = np.random.RandomState(seed)
        order, signs = r.permutation(x.shape[1]), r.choice([-1, 1], x.shape[1])
        if seed == 0:
            order, signs = np.arange(x.shape[1]), np.ones(x.shape[1])
        model = fit(seed, (x * signs)[:, order])
        near = [model((rows * signs)[:, order]) for rows in (q, q + 1e-6, q - 1e-6)]
        found = near[0] if found is None else found
        others += near
    return [row if all(np.abs(other[i] - row).max() <= slack for other in others) else None for i, row in enumerate(found)]


def grown(make, slack=1e-9):
    def expected(t):
        present = np.unique(t.y)

        def fit(seed, x):
            # A factor of all weights changes no tree but its rounding.
            model = make(seed).fit(x, t.y, sample_weight=t.weights * (1 + 0.37 * seed if slack == 1e-9 else 1))
            return lambda rows: of_levels(model.predict_proba(rows), present, t.levels)
        return agreed(fit, t.near_one(t.x), t.near_one(t.q), slack), slack
    return expected


def boosted(t):
    # scikit-learn's second derivatives of several classes are half the library's: without a penalty its steps are twice as large.
    # Its derivatives are single precision: of two classes to 6e-8, of several, whose 1 - p is single precision, to 6e-8 / (1 - p).
    return grown(lambda seed: HistGradientBoostingClassifier(
        learning_rate=0.1, max_iter=10, max_depth=3, max_leaf_nodes=None, min_samples_leaf=1, early_stopping=False, random_state=seed,
        l2_regularization=1.0 if len(np.unique(t.y)) == 2 else 0.0),
        1e-5 if len(np.unique(t.y)) == 2 else 1e-3)(t)


ALL = {
    "knn3": neighbors(3),
    "knn5Distance": neighbors(5, "distance"),
    "knn4Manhattan": neighbors(4, "distance", "manhattan"),
    "knn5Chebyshev": neighbors(5, "uniform", "chebyshev"),
    "knn5Minkowski": neighbors(5, "uniform", "minkowski", 3),
    "knn5Cosine": neighbors(5, "distance", "cosine"),
    "gaussian": gaussian,
    "multinomial": multinomial(1.0, True),
    "multinomialEqual": multinomial(0.3, False),
    "bernoulli": bernoulli(1.0, 0.0),
    "bernoulliEqual": bernoulli(0.3, 0.5, False),
    "lda": linear_discriminant(None),
    "ldaShrunk": linear_discriminant(0.3),
    "qda": quadratic(0),
    "qdaShrunk": quadratic(0.2),
    "logistic": logistic(1.0),
    "logisticWeak": logistic(100.0),
    "logisticStrong": logistic(0.01),
    "svmRadial": machine("rbf", 2),
    "svmLinear": machine("linear", 0.5),
    "tree": grown(lambda seed: DecisionTreeClassifier(random_state=seed)),
    "treeEntropy": grown(lambda seed: DecisionTreeClassifier(criterion="entropy", max_depth=3, random_state=seed)),
    "treeLeaves": grown(lambda seed: DecisionTreeClassifier(min_samples_leaf=4, min_samples_split=9, random_state=seed)),
    "adaBoost": grown(lambda seed: AdaBoostClassifier(DecisionTreeClassifier(max_depth=1), n_estimators=8, algorithm="SAMME.R",
                                                       random_state=seed)),
    "adaBoostSamme": grown(lambda seed: AdaBoostClassifier(DecisionTreeClassifier(max_depth=2), n_estimators=5, learning_rate=0.5,
                                                            algorithm="SAMME", random_state=seed)),
    "gradientBoosting": boosted,
}
