"""Made tables: the same on every run. Cells have few digits, so that they are the same doubles in Python, JSON and .NET."""
import numpy as np

HELD = 8


def digits(x, count=4):
    """Rounds to significant digits."""
    return np.vectorize(lambda v: float(f"{v:.{count}g}"))(np.asarray(x, float))


class Table:
    """Training rows, then HELD rows to predict. `independent` are the columns left after exact linear combinations of earlier ones."""

    def __init__(self, name, x, y, levels=0, weights=None, independent=None, folds=None):
        train = len(y) - HELD
        self.name, self.levels, self.all, self.targets = name, levels, np.array(x, float), np.array(y)
        self.x, self.y, self.q = self.all[:train], self.targets[:train], self.all[train:]
        self.w = None if weights is None else np.array(weights, float)[:train]
        self.independent = list(range(self.x.shape[1])) if independent is None else independent
        self.folds = np.arange(train) % 4 if folds is None else folds

    @property
    def whole(self):
        return self.w is None or bool(np.all(self.w == np.round(self.w)))

    @property
    def weights(self):
        return np.ones(len(self.y)) if self.w is None else self.w

    def repeated(self):
        """The rows, each as often as its whole weight says."""
        times = self.weights.astype(int)
        return np.repeat(self.x, times, axis=0), np.repeat(self.y, times)

    def standard(self, x):
        """Columns of weighted mean 0 and deviation 1 over the training rows."""
        mean = np.average(self.x, axis=0, weights=self.weights)
        deviation = np.sqrt(np.average((self.x - mean) ** 2, axis=0, weights=self.weights))
        return (x - mean) / np.where(deviation > 0, deviation, 1)

    def near_one(self, x):
        """Columns moved to mean 0 and times a power of two, for trees: scikit-learn's read single precision, and take values closer
        than 1e-7 as equal."""
        spread = np.abs(self.x - self.x.mean(axis=0)).max(axis=0)
        return (x - self.x.mean(axis=0)) * 2.0 ** -np.floor(np.log2(np.where(spread > 0, spread, 1)))

    def json(self):
        return {
            "name": self.name, "levels": self.levels, "columns": self.all.T.tolist(), "target": self.targets.tolist(),
            "weights": None if self.w is None else self.w.tolist(), "folds": [int(f) for f in self.folds],
        }


def blobs(seed, rows, columns, classes, apart=1.0, shares=None):
    """Normal classes with their own centres and column spreads. Every class has two training rows."""
    r = np.random.RandomState(seed)
    codes = r.choice(classes, rows + HELD, p=shares)
    codes[:2 * classes] = np.repeat(np.arange(classes), 2)
    centres, spreads = apart * r.normal(size=(classes, columns)), r.uniform(0.5, 1.5, (classes, columns))
    return r, digits(centres[codes] + spreads[codes] * r.normal(size=(rows + HELD, columns))), codes


def classes():
    """Tables with classes."""
    made = []

    def add(name, x, y, levels, **more):
        made.append(Table(name, x, y, levels, **more))

    for seed, (rows, columns, k) in enumerate([(12, 1, 2), (20, 2, 2), (40, 3, 2), (80, 5, 2), (30, 2, 3), (60, 4, 3), (100, 6, 4), (120, 3, 5)]):
        _, x, y = blobs(seed, rows, columns, k)
        add(f"{rows} rows, {columns} columns, {k} classes", x, y, k)
    for seed, apart in [(20, 0.2), (21, 4.0)]:
        _, x, y = blobs(seed, 60, 3, 3, apart)
        add("classes that overlap" if apart < 1 else "classes far apart", x, y, 3)
    _, x, y = blobs(22, 90, 3, 3, shares=[0.9, 0.07, 0.03])
    add("rare classes", x, y, 3)
    _, x, y = blobs(23, 50, 3, 2)
    add("a level without rows", x, y, 3)
    for seed, k in [(24, 2), (25, 3)]:
        r, x, y = blobs(seed, 50, 3, k)
        add(f"whole weights, {k} classes", x, y, k, weights=r.randint(1, 4, 58))
    for seed, k in [(26, 2), (27, 4)]:
        r, x, y = blobs(seed, 60, 3, k)
        add(f"weights, {k} classes", x, y, k, weights=digits(r.gamma(1.5, size=68), 3))
    _, x, y = blobs(28, 50, 3, 3)
    add("a constant column", np.insert(x, 1, 3.7, axis=1), y, 3, independent=[0, 2, 3])
    _, x, y = blobs(29, 50, 3, 2)
    add("a column twice", np.column_stack([x, x[:, 0]]), y, 2, independent=[0, 1, 2])
    _, x, y = blobs(30, 50, 3, 3)
    x = np.round(x, 2)
    add("a sum of columns", np.column_stack([x, np.round(x[:, 0] + x[:, 1], 2)]), y, 3, independent=[0, 1, 2])
    r, x, y = blobs(31, 60, 2, 2)
    add("nearly the same column", np.column_stack([x, digits(x[:, 0] + 1e-3 * r.normal(size=68), 8)]), y, 2)
    _, x, y = blobs(32, 50, 3, 3)
    add("columns of many units", digits(x * [1e-6, 1, 1e6]), y, 3)
    _, x, y = blobs(33, 50, 3, 2)
    add("far from 0", digits(x + [1e6, -1e5, 0], 10), y, 2)
    _, x, y = blobs(34, 40, 3, 2)
    add("rows twice", np.vstack([x[:20], x[:20], x[40:]]), np.concatenate([y[:20], y[:20], y[40:]]), 2)
    r, _, y = blobs(35, 80, 3, 3)
    add("few whole numbers", r.randint(0, 4, (88, 3)), y, 3)
    r, _, y = blobs(36, 80, 6, 3)
    add("counts", r.poisson(np.array([[1, 3, 0.2, 2, 5, 1], [3, 1, 1, 2, 2, 1], [0.5, 2, 2, 4, 1, 1]])[y]), y, 3)
    r, _, y = blobs(37, 70, 5, 2)
    add("zeros and ones", (r.uniform(size=(78, 5)) < np.array([[.2, .5, .8, .3, .5], [.6, .5, .3, .4, .5]])[y]).astype(int), y, 2)
    r, _, y = blobs(38, 60, 3, 2)
    add("heavy tails", digits(r.standard_t(1.5, (68, 3)) + y[:, None]), y, 2)
    _, x, y = blobs(39, 16, 20, 2)
    add("more columns than rows", x, y, 2)
    r, x, y = blobs(40, 50, 4, 3)
    add("whole weights and units", digits(x * [1, 100, 1e-3, 10]), y, 3, weights=r.randint(1, 5, 58))
    _, x, y = blobs(41, 150, 8, 2, 0.5)
    add("150 rows, 8 columns, 2 classes", x, y, 2)
    return made


def linear(seed, rows, columns, noise=0.5):
    r = np.random.RandomState(1000 + seed)
    x = digits(r.normal(size=(rows + HELD, columns)))
    return r, x, digits(2 + x @ r.normal(size=columns) + np.sin(2 * x[:, 0]) + noise * r.normal(size=rows + HELD))


def numbers():
    """Tables with numeric targets."""
    made = []

    def add(name, x, y, **more):
        made.append(Table(name, x, y, **more))

    for seed, (rows, columns) in enumerate([(10, 1), (20, 2), (40, 3), (80, 5), (120, 8), (150, 2)]):
        _, x, y = linear(seed, rows, columns)
        add(f"{rows} rows, {columns} columns", x, y)
    for seed, noise in [(10, 0.0), (11, 5.0)]:
        _, x, y = linear(seed, 60, 3, noise)
        add("no noise" if noise == 0 else "mostly noise", x, y)
    r, x, y = linear(12, 50, 3)
    add("whole weights", x, y, weights=r.randint(1, 4, 58))
    r, x, y = linear(13, 60, 3)
    add("weights", x, y, weights=digits(r.gamma(1.5, size=68), 3))
    _, x, y = linear(14, 50, 3)
    add("a constant column", np.insert(x, 1, 3.7, axis=1), y, independent=[0, 2, 3])
    _, x, y = linear(15, 50, 3)
    add("a column twice", np.column_stack([x, x[:, 0]]), y, independent=[0, 1, 2])
    r, x, y = linear(16, 60, 2)
    add("nearly the same column", np.column_stack([x, digits(x[:, 0] + 1e-3 * r.normal(size=68), 8)]), y)
    _, x, y = linear(17, 50, 3)
    add("columns of many units", digits(x * [1e-6, 1, 1e6]), y)
    _, x, y = linear(18, 50, 3)
    add("far from 0", digits(x + [1e6, -1e5, 0], 10), y)
    _, x, y = linear(19, 50, 3)
    add("a large target", x, digits(1e6 + 1e3 * y, 8))
    _, x, y = linear(20, 50, 3)
    add("a small target", x, digits(1e-6 * y))
    r, _, y = linear(21, 80, 3)
    x = r.randint(0, 4, (88, 3))
    add("few whole numbers", x, digits(y + x[:, 0] - 0.5 * x[:, 1]))
    _, x, y = linear(22, 12, 20)
    add("more columns than rows", x, y)
    r, x, y = linear(23, 60, 4)
    add("heavy tails", digits(r.standard_t(1.5, (68, 4))), y)
    return made
