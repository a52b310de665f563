"""Metrics, calibration curves and transforms of scikit-learn 1.2.1 on made numbers."""
import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, softmax
from sklearn import metrics
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.impute import SimpleImputer
from sklearn.isotonic import IsotonicRegression
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, OrdinalEncoder, StandardScaler

from tables import digits


def of_classes():
    """Scores of made probabilities; ties in every second table; a class that no row has in every third."""
    made = []
    for seed in range(12):
        r = np.random.RandomState(500 + seed)
        rows, k = 10 + 15 * seed, 2 + seed % 4
        y = r.choice(k - 1 if seed % 3 == 2 and k > 2 else k, rows)
        p = softmax(1.5 * r.normal(size=(rows, k)) + 1.2 * np.eye(k)[y], axis=1)
        p = np.round(p, 1 if seed % 2 else 6)
        p[:, -1] = np.round(1 - p[:, :-1].sum(axis=1), 12)
        p = np.abs(p)
        p[(p.max(axis=1)[:, None] == p).sum(axis=1) > 1] = np.eye(k)[0]
        w = digits(r.gamma(1.5, size=rows), 3) if seed % 4 >= 2 else None
        present, guess = np.unique(y), p.argmax(axis=1)
        more = dict(sample_weight=w)
        areas = [metrics.roc_auc_score(y == c, p[:, c], **more) for c in present]
        scores = {
            "accuracy": metrics.accuracy_score(y, guess, **more),
            "balancedAccuracy": metrics.balanced_accuracy_score(y, guess, **more),
            "logLoss": metrics.log_loss(y, p, labels=range(k), **more),
            "auc": np.mean(areas),
            "f1": metrics.f1_score(y, guess, average="macro", labels=np.union1d(present, guess), zero_division=0, **more),
            "quadraticKappa": metrics.cohen_kappa_score(y, guess, labels=range(k), weights="quadratic", **more),
            "rankMae": metrics.mean_absolute_error(y, guess, **more),
            "brier": metrics.brier_score_loss(y, p[:, 1], **more) if k == 2
            else np.average(((p - np.eye(k)[y]) ** 2).sum(axis=1), weights=w),
        }
        if len(np.unique(np.append(y, guess))) < 2:
            continue
        made.append({"levels": k, "truth": y.tolist(), "predicted": p.tolist(), "weights": None if w is None else w.tolist(), "scores": scores})
    return made


def of_numbers():
    made = []
    for seed in range(6):
        r = np.random.RandomState(600 + seed)
        rows, unit = 5 + 20 * seed, 10.0 ** (3 * seed - 6)
        y = digits(unit * r.normal(size=rows), 6)
        p = digits(y + unit * 0.5 * r.standard_t(3, rows), 6)
        w = digits(r.gamma(1.5, size=rows), 3) if seed % 2 else None
        more = dict(sample_weight=w)
        made.append({"levels": 0, "truth": y.tolist(), "predicted": p[:, None].tolist(), "weights": None if w is None else w.tolist(),
                     "scores": {"rmse": metrics.mean_squared_error(y, p, squared=False, **more),
                                "mae": metrics.mean_absolute_error(y, p, **more), "r2": metrics.r2_score(y, p, **more)}})
    return made


AT = [0.0, 0.03, 0.2, 0.41, 0.5, 0.77, 0.93, 1.0]


def calibrations():
    """Curves through predicted probabilities of the second of two classes. Platt: the optimum of scikit-learn's objective in the
    shrunk log-odds that the library uses, by Newton's method (scikit-learn's own search stops at 1e-5)."""
    made = []
    for seed in range(8):
        r = np.random.RandomState(700 + seed)
        rows = 40 + 25 * seed
        odds = r.normal(size=rows) * (1 + seed % 3)
        truth = (r.uniform(size=rows) < expit(0.8 * odds + 0.3)).astype(int)
        truth[:2] = [0, 1]
        p = np.round(expit(odds), 1 if seed % 2 else 4)
        w = digits(r.gamma(2, size=rows), 3) if seed % 4 >= 2 else np.ones(rows)
        shrunk = lambda v: np.log((rows * v + 0.5) / (rows * (1 - v) + 0.5))
        f, yes, no = shrunk(p), (w * truth).sum(), (w * (1 - truth)).sum()
        goal = np.where(truth == 1, 1 - 1 / (yes + 2), 1 / (no + 2))
        beta, z = np.zeros(2), np.column_stack([f, np.ones(rows)])
        for _ in range(60):
            s = expit(z @ beta)
            beta = beta - np.linalg.solve((z * (w * s * (1 - s))[:, None]).T @ z, z.T @ (w * (s - goal)))
        slope = lambda b: (w * (expit(b * f) - truth) * f).sum()
        assert slope(0.01) < 0 < slope(100)
        exponent = brentq(slope, 0.01, 100, xtol=1e-15, rtol=1e-14)
        isotonic = IsotonicRegression(out_of_bounds="clip").fit(p, truth, w).predict(AT)
        made.append({"predicted": p.tolist(), "truth": truth.tolist(), "weights": w.tolist(), "at": AT, "platt": expit(beta[0] * shrunk(np.array(AT)) + beta[1]).tolist(),
                     "temperature": expit(exponent * shrunk(np.array(AT))).tolist(), "isotonic": isotonic.tolist()})
    return made


def transforms():
    """Frames and what StandardScaler, MinMaxScaler, SimpleImputer, PCA, TfidfTransformer and the encoders make of them."""
    made = []
    for seed in range(8):
        r = np.random.RandomState(800 + seed)
        rows, columns = 8 + 6 * seed, 2 + seed % 3
        x = digits(r.normal(size=(rows, columns)) @ r.normal(size=(columns, columns)) * 10.0 ** (2 * (seed % 5) - 4) + (1e3 if seed == 3 else 0), 6)
        w = None if seed % 3 else r.randint(1, 4, rows)
        repeated = x if w is None else np.repeat(x, w, axis=0)
        missing = x.copy()
        missing[r.uniform(size=x.shape) < 0.2] = np.nan
        missing[0] = x[0]
        counts = r.poisson(1.0, (rows, columns))
        counts[0] = 0
        words = np.array(["b", "a", "c", "10", "9"])[r.randint(0, 5, rows)]
        pca = PCA(whiten=True).fit(repeated)
        white = pca.transform(x) * np.sqrt(len(repeated) / (len(repeated) - 1))
        white *= np.sign(pca.components_[range(columns), np.abs(pca.components_).argmax(axis=1)])
        repeated_missing = missing if w is None else np.repeat(missing, w, axis=0)
        names = sorted(set(words))
        tidy = lambda a: [[None if np.isnan(v) else float(v) for v in row] for row in np.asarray(a, float)]
        made.append({
            "numbers": tidy(x), "missing": tidy(missing), "counts": tidy(counts), "words": words.tolist(), "weights": None if w is None else w.tolist(),
            "expected": {
                "standardize": tidy(StandardScaler().fit(repeated).transform(x)),
                "minMax": tidy(MinMaxScaler().fit(repeated).transform(x)),
                "standardizeMissing": tidy(StandardScaler().fit(repeated_missing).transform(missing)),
                "impute": tidy(SimpleImputer(strategy="median").fit(repeated_missing).transform(missing)),
                "whiten": tidy(white),
                "tfIdf": tidy(TfidfTransformer().fit(counts if w is None else np.repeat(counts, w, axis=0)).transform(counts).toarray()),
                "oneHot": tidy(OneHotEncoder(categories=[names], sparse_output=False).fit_transform(words[:, None])),
                "ordinal": tidy(OrdinalEncoder(categories=[names]).fit_transform(words[:, None])),
            }})
    return made
