"""Twenty steps of a small convolutional net in NumPy, written from the papers' formulas: Ioffe & Szegedy 2015 for batch normalization,
Kingma & Ba 2015 for Adam, momentum in Keras's form. Makes trajectory.json: losses, parameters and moving moments in double precision,
and how far the same steps in single precision are from them.

    python3 tests/FunctionalStack.Neural.Tests/Peers/trajectory.py
"""
import json
import os

import numpy as np

SIDE, CHANNELS, FILTERS, CLASSES, BATCH, STEPS = 8, 2, 4, 3, 12, 20
EPSILON, MOMENTUM = 1e-3, 0.9
# The library's averages have betas in single precision, which changes 1 - beta 2 by 1.3e-5; its bias corrections have them in double.
B1, B2 = float(np.float32(0.9)), float(np.float32(0.999))


def windows(x):
    """Batch x 6 x 6 x (3 x 3 x channels)."""
    n = x.shape[1] - 2
    return np.stack([x[:, i:i + n, j:j + n, :] for i in range(3) for j in range(3)], axis=3).reshape(len(x), n, n, -1)


def forward(p, x, y, real):
    kernel, gamma, beta, weights, bias = p
    patches = windows(x)
    u = patches @ kernel
    mean, variance = u.mean(axis=(0, 1, 2)), u.var(axis=(0, 1, 2))
    inverse = real(1) / np.sqrt(variance + real(EPSILON))
    normal = (u - mean) * inverse
    z = normal * gamma + beta
    a = np.maximum(z, 0)
    n = a.shape[1] // 2
    blocks = a.reshape(len(a), n, 2, n, 2, -1).transpose(0, 1, 3, 5, 2, 4).reshape(len(a), n, n, FILTERS, 4)
    winner = blocks.argmax(axis=-1)
    flat = blocks.max(axis=-1).reshape(len(a), -1)
    scores = flat @ weights + bias
    scores = scores - scores.max(axis=1, keepdims=True)
    share = np.exp(scores)
    share /= share.sum(axis=1, keepdims=True)
    loss = -np.log(share[np.arange(len(y)), y]).mean()

    # Backward.
    d = share.copy()
    d[np.arange(len(y)), y] -= 1
    d /= real(len(y))
    dweights, dbias = flat.T @ d, d.sum(axis=0)
    dblocks = np.zeros_like(blocks)
    np.put_along_axis(dblocks, winner[..., None], (d @ weights.T).reshape(winner.shape)[..., None], axis=-1)
    da = dblocks.reshape(len(a), n, n, FILTERS, 2, 2).transpose(0, 1, 4, 2, 5, 3).reshape(a.shape)
    dz = da * (z > 0)
    dgamma, dbeta = (dz * normal).sum(axis=(0, 1, 2)), dz.sum(axis=(0, 1, 2))
    m = real(u.size // FILTERS)
    du = gamma * inverse / m * (m * dz - dbeta - normal * dgamma)
    dkernel = patches.reshape(-1, patches.shape[-1]).T @ du.reshape(-1, FILTERS)
    return loss, [dkernel, dgamma, dbeta, dweights, dbias], mean, variance * m / (m - 1)


def train(real, optimizer, start, x, y):
    p = [one.astype(real) for one in start]
    x = x.astype(real)
    mu, nu = [np.zeros_like(one) for one in p], [np.zeros_like(one) for one in p]
    moving_mean, moving_variance, losses = np.zeros(FILTERS, real), np.ones(FILTERS, real), []
    for step in range(1, STEPS + 1):
        at = np.arange((step - 1) * BATCH, step * BATCH) % len(x)
        loss, gradients, mean, variance = forward(p, x[at], y[at], real)
        losses.append(float(loss))
        keep = real(MOMENTUM)
        moving_mean, moving_variance = keep * moving_mean + (1 - keep) * mean, keep * moving_variance + (1 - keep) * variance
        for i, g in enumerate(gradients):
            if optimizer == "adam":
                mu[i], nu[i] = real(B1) * mu[i] + real(1 - B1) * g, real(B2) * nu[i] + real(1 - B2) * g * g
                rate = real(0.01 * np.sqrt(1 - 0.999 ** step) / (1 - 0.9 ** step))
                p[i] = p[i] - rate * mu[i] / (np.sqrt(nu[i]) + real(1e-7))
            else:
                mu[i] = real(0.9) * mu[i] - real(0.02) * g
                p[i] = p[i] + mu[i]
    return losses, np.concatenate([one.ravel() for one in p]), np.concatenate([moving_mean, moving_variance])


def main():
    r = np.random.RandomState(1)
    exact = lambda a: np.round(a * 256) / 256
    x = exact(r.normal(size=(3 * BATCH, SIDE, SIDE, CHANNELS)))
    y = r.randint(0, CLASSES, len(x))
    x[np.arange(len(x)), y, :, 0] += 1
    flat = ((SIDE - 2) // 2) ** 2 * FILTERS
    start = [exact(0.3 * r.normal(size=(9 * CHANNELS, FILTERS))), np.ones(FILTERS), np.zeros(FILTERS),
             exact(0.2 * r.normal(size=(flat, CLASSES))), np.zeros(CLASSES)]
    made = {"inputs": x.ravel().tolist(), "classes": y.tolist(), "start": np.concatenate([one.ravel() for one in start]).tolist()}
    for optimizer in "adam", "momentum":
        double, single = train(np.float64, optimizer, start, x, y), train(np.float32, optimizer, start, x, y)
        apart = [float(np.abs(np.asarray(a, float) - np.asarray(b, float)).max()) for a, b in zip(double, single)]
        print(optimizer, "losses, parameters, moments in single precision differ by", apart)
        made[optimizer] = {"losses": [float(f"{v:.12g}") for v in double[0]], "parameters": [float(f"{v:.12g}") for v in double[1]],
                           "moments": [float(f"{v:.12g}") for v in double[2]], "single": [float(f"{v:.3g}") for v in apart]}
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "trajectory.json"), "w") as out:
        json.dump(made, out, separators=(",", ":"))
        out.write("\n")


if __name__ == "__main__":
    main()
