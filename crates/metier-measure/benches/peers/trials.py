"""Times scipy beside this crate: `pip install scipy && python3 crates/metier-measure/benches/peers/trials.py`.

Runs the example `processor_time` and then scipy, on one thread each; both count processor time, so that what else the
machine is doing matters little. Prints ours, scipy's time for one value and for each of 10,000 values in one call, and the
ratios to ours. Where scipy has no such function the formula is written with its special functions.
"""
import os
import subprocess
import time
import timeit

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from scipy import special, stats

COMMAND = ["cargo", "run", "--release", "--quiet", "-p", "metier-measure", "--example", "processor_time"]


def ours():
    told = subprocess.run(COMMAND, capture_output=True, check=True, text=True).stdout
    return {name: float(micros) / 1e6 for name, micros in (line.split("\t") for line in told.splitlines())}


def each(f):
    """Seconds of processor time a call, the least of nine runs."""
    timer = timeit.Timer(f, timer=time.process_time)
    count = max(1, timer.autorange()[0] // 4)
    return min(timer.repeat(9, count)) / count


def ln_e(n, k, eps):
    a, b = 0.5 + k, 0.5 + n - k
    inside = np.log(special.betainc(a, b, eps)) + special.betaln(a, b)
    whole = np.log(special.betainc(0.5, 0.5, eps)) + special.betaln(0.5, 0.5)
    return inside - whole - k * np.log(eps) - (n - k) * np.log1p(-eps)


MANY = 10_000


def row(mine, one, many=None):
    alone = each(one)
    text = f"{mine * 1e6:.3f} us; scipy, one: {alone * 1e6:.2f} us, ratio {alone / mine:.1f}"
    if many:
        together = each(many) / MANY
        text += f"; scipy, {MANY} at once: {together * 1e6:.3f} us each, ratio {together / mine:.2f}"
    return text


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
    measured = ours()
    n = np.arange(1, MANY + 1, dtype=float)
    peers = {
        "clopper_pearson 473 1": (lambda: special.betaincinv(472.0, 2.0, 0.05), lambda: special.betaincinv(472.0 + n, 2.0, 0.05)),
        "beta_quantile 298.5 2.5": (lambda: special.betaincinv(298.5, 2.5, 0.05), lambda: special.betaincinv(298.5 + n, 2.5, 0.05)),
        "ln_inc_gamma_upper_reg 4.5": (lambda: np.log(special.gammaincc(4.5, 5.4)), lambda: np.log(special.gammaincc(4.5, 5.4 + 1e-3 * n))),
        "ln_inc_gamma_upper_reg 1e9": (lambda: np.log(special.gammaincc(1e9, 1000050000.0)), lambda: np.log(special.gammaincc(1e9, 1000050000.0 + n))),
        "gamma_quantile 4.5": (lambda: special.gammaincinv(4.5, 0.05), lambda: special.gammaincinv(4.5 + 1e-3 * n, 0.05)),
        "40 posteriors, new model": (posteriors, None),
    }
    for trials, errors in [(30, 0), (500, 1), (5000, 49)]:
        peers[f"ln_e {trials} {errors}"] = (
            lambda trials=trials, errors=errors: ln_e(trials, errors, 0.01),
            lambda trials=trials, errors=errors: ln_e(n + trials, errors, 0.01),
        )
    for name, mine in measured.items():
        print(f"{name}: {row(mine, *peers[name]) if name in peers else f'{mine * 1e6:.3f} us'}")
