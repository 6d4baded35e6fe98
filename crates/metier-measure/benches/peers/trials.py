"""Times scipy beside this crate: `cargo bench -p metier-measure --bench measure`, then
`pip install scipy && python3 trials.py` right after it, on the same machine.

Prints criterion's middle estimate, scipy's time for one value, scipy's time for each of 10,000 values in one call,
and the ratios. Where scipy has no such function the formula is written with its special functions.
"""
import json
import os
import subprocess
import timeit
from pathlib import Path

import numpy as np
from scipy import special, stats


def target():
    told = subprocess.run(["cargo", "metadata", "--format-version", "1", "--no-deps"], capture_output=True, check=True)
    return Path(os.environ.get("CARGO_TARGET_DIR") or json.loads(told.stdout)["target_directory"])


def ours(name):
    text = (target() / "criterion" / name / "new" / "estimates.json").read_text()
    return json.loads(text)["median"]["point_estimate"] / 1e9


def each(f):
    """Seconds a call, the best of seven runs."""
    timer = timeit.Timer(f)
    count = max(1, timer.autorange()[0] // 4)
    return min(timer.repeat(7, count)) / count


def ln_e(n, k, eps):
    a, b = 0.5 + k, 0.5 + n - k
    inside = np.log(special.betainc(a, b, eps)) + special.betaln(a, b)
    whole = np.log(special.betainc(0.5, 0.5, eps)) + special.betaln(0.5, 0.5)
    return inside - whole - k * np.log(eps) - (n - k) * np.log1p(-eps)


MANY = 10_000


def row(name, one, many=None, per=1):
    mine, alone = ours(name), each(one) / per
    together = each(many) / MANY if many else None
    text = f"{name}: {mine * 1e6:.3f} us; scipy one {alone * 1e6:.2f} us, ratio {alone / mine:.1f}"
    if together:
        text += f"; scipy {MANY} at once {together * 1e6:.3f} us each, ratio {together / mine:.2f}"
    print(text)


KINDS = [(0.6, 0.7), (-0.3, 0.5), (0.15, 0.6), (0.15, 0.6), (0.0, 0.5)]
THINGS = [[((thing + rater * rater) % 9, *KINDS[rater % 5]) for rater in range(8)] for thing in range(40)]
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(61)
WEIGHTS = WEIGHTS / WEIGHTS.sum()
THETA = np.linspace(-8 * 1.3, 8 * 1.3, 2001)
TAUS = np.linspace(-2.1, 2.1, 8)
PRIOR = stats.norm.pdf(THETA, 0, 1.3)


def posteriors():
    """40 posteriors on a grid of 2,001 points, each kind of rating's likelihood computed once."""
    seen = {}

    def likelihood(category, mean, sd):
        key = (category, mean, sd)
        if key not in seen:
            shift = THETA[:, None] + mean + sd * NODES
            upper = special.expit(TAUS[category] - shift) if category < 8 else 1.0
            lower = special.expit(TAUS[category - 1] - shift) if category > 0 else 0.0
            seen[key] = (upper - lower) @ WEIGHTS
        return seen[key]

    out = []
    for thing in THINGS:
        density = PRIOR.copy()
        for said in thing:
            density = density * likelihood(*said)
        density /= density.sum()
        out.append([density[THETA > tau].sum() for tau in TAUS])
    return out


if __name__ == "__main__":
    n = np.arange(1, MANY + 1, dtype=float)
    for trials, errors in [(30, 0), (500, 1), (5000, 49)]:
        row(f"ln_e n={trials} k={errors}", lambda: ln_e(trials, errors, 0.01), lambda: ln_e(n + trials, errors, 0.01))
    row("clopper_pearson n=473 k=1", lambda: special.btdtri(472.0, 2.0, 0.05), lambda: special.btdtri(472.0 + n, 2.0, 0.05))
    row("beta_quantile a=298.5 b=2.5", lambda: special.btdtri(298.5, 2.5, 0.05), lambda: special.btdtri(298.5 + n, 2.5, 0.05))
    for shape, x, name in [(4.5, 5.4, "4.5e0"), (1e6, 999999.75, "1e6"), (1e9, 1000050000.0, "1e9")]:
        row(f"ln_inc_gamma_upper_reg a={name}", lambda: np.log(special.gammaincc(shape, x)), lambda: np.log(special.gammaincc(shape, x + 1e-3 * n)))
    row("gamma_quantile a=4.5", lambda: special.gammaincinv(4.5, 0.05), lambda: special.gammaincinv(4.5 + 1e-3 * n, 0.05))
    row("40 posteriors of 8 ratings, new model", posteriors)
