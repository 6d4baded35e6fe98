"""Makes spread.json: `pip install numpy scipy && python3 spread.py > spread.json`.

Quantiles of sums and of a longest of two chains of independent beta-PERT durations, by convolving exact
cell probabilities on a grid of 2^17 cells with a Fourier transform: sixty times finer than the crate's, and
another way.
"""

import json

import numpy as np
from scipy.stats import beta

CELLS = 1 << 17


def cells(low, likely, high, step):
    """Probability of each cell around a multiple of the step, of the duration above its low."""
    width = high - low
    if width == 0:
        return np.array([1.0])
    a, b = 1 + 4 * (likely - low) / width, 1 + 4 * (high - likely) / width
    count = int(np.ceil(width / step)) + 2
    edges = (np.arange(count + 1) - 0.5) * step / width
    return np.diff(beta.cdf(edges, a, b))


def convolved(laws):
    length = sum(len(law) - 1 for law in laws) + 1
    size = 1 << (length - 1).bit_length()
    product = np.ones(size // 2 + 1, dtype=complex)
    for law in laws:
        product *= np.fft.rfft(law, size)
    return np.clip(np.fft.irfft(product, size)[:length], 0, None)


def quantile(mass, p):
    cdf = np.cumsum(mass)
    at = int(np.searchsorted(cdf, p))
    before = cdf[at - 1] if at else 0.0
    return at - 0.5 + (p - before) / mass[at]


def total(durations, p):
    low, high = sum(d[0] for d in durations), sum(d[2] for d in durations)
    step = (high - low) / CELLS
    mass = convolved([cells(*d, step) for d in durations])
    return low + quantile(mass, p) * step


def main():
    sums = [
        [[3, 5, 8]],
        [[3, 5, 8], [25, 45, 80]],
        [[1, 2, 10], [4, 4, 4], [0, 1, 1.5], [20, 40, 50], [2, 2, 9]],
        [[i % 4, i % 4 + 1 + i % 3, i % 4 + 4 + i % 5] for i in range(40)],
    ]
    print(json.dumps({
        "sums": [[durations, p, total(durations, p)] for durations in sums for p in (0.05, 0.1, 0.5, 0.9, 0.99)],
        "single": [[d, p, float(d[0] + (d[2] - d[0]) * beta.ppf(p, 1 + 4 * (d[1] - d[0]) / (d[2] - d[0]),
                                                                1 + 4 * (d[2] - d[1]) / (d[2] - d[0])))]
                   for d in ([3, 5, 8], [0, 0, 1], [2, 9, 9]) for p in (0.1, 0.5, 0.9)],
        # Two chains that share nothing: the later of their ends is exactly the independent maximum.
        "later": [[one, two, p, later(one, two, p)]
                  for one, two in ([[[3, 5, 8], [2, 4, 9]], [[6, 9, 14]]], [[[0, 1, 4]], [[0, 2, 3], [1, 1, 1]]])
                  for p in (0.9, 0.95)],
    }))


def later(one, two, p):
    most = max(sum(d[2] for d in chain) for chain in (one, two))
    step = most / CELLS
    cdfs = []
    for chain in (one, two):
        mass = convolved([cells(*d, step) for d in chain])
        shift = sum(d[0] for d in chain) / step
        points = np.arange(len(mass)) + 0.5 + shift
        cdfs.append((points, np.cumsum(mass)))
    grid = np.linspace(0, CELLS, 4 * CELLS)
    product = np.ones_like(grid)
    for points, cdf in cdfs:
        product *= np.interp(grid, points, cdf, left=0.0, right=1.0)
    return float(np.interp(p, product, grid) * step)


main()
