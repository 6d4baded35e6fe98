"""Makes golden_agreement.json: `pip install mpmath statsmodels && python3 make_agreement.py > golden_agreement.json`.

Tails of t and F by the arbitrary-precision incomplete beta function, quantiles by bisection on these; Fisher's p-values in whole numbers, so
that equal probabilities are equal; kappa's standard error by statsmodels.
"""
import json
from math import comb

import numpy as np
from mpmath import betainc, mp, mpf, sqrt
from statsmodels.stats.inter_rater import cohens_kappa

mp.dps = 30


def f_upper(f, d1, d2):
    """d1 F / (d1 F + d2) is a beta variable; the part above is the part below of the other one."""
    x = d2 / (d1 * mpf(f) + d2)
    return betainc(mpf(d2) / 2, mpf(d1) / 2, 0, x, regularized=True)


def quantile(p, d1, d2):
    lo, hi = mpf(10) ** -9, mpf(10) ** 9
    for _ in range(90):
        mid = sqrt(lo * hi)
        if f_upper(mid, d1, d2) > 1 - mpf(p):
            lo = mid
        else:
            hi = mid
    return sqrt(lo * hi)


def fisher(a, m, c, n):
    s = a + c
    w = {k: comb(m, k) * comb(n, s - k) for k in range(max(0, s - n), min(m, s) + 1)}
    return mpf(sum(v for v in w.values() if v <= w[a])) / mpf(sum(w.values()))


mp.dps = 25
tails = [(1.5, 2, 7), (11.0272479564033, 5, 15), (40.0, 3.5, 28.25), (250.0, 1, 12), (0.01, 4, 9), (3.0, 99, 891), (900.0, 1, 7)]
quantiles = [(0.975, 5, 15), (0.975, 15, 5), (0.025, 5, 15), (0.975, 5, 4.03), (0.5, 2.5, 30), (0.999, 9, 90)]
tables = [
    (3, 10, 5, 11), (30, 100, 50, 110), (420, 600, 560, 700), (4, 6, 9, 10), (0, 10, 5, 10), (10, 10, 0, 10), (1, 1, 0, 1),
    (5, 20, 10, 20), (50, 100, 50, 100), (51, 100, 49, 100), (700, 2000, 800, 2000), (2000, 3000, 100, 3000), (7, 7, 2, 5000),
    (400, 1000, 600, 1000), (12, 13, 1, 1000), (1200, 4001, 1300, 3999), (33, 99, 67, 101),
]
rng = np.random.default_rng(5)
kappas = []
for weights in (None, "linear", "fc"):
    for table in ([[20, 5, 1], [3, 15, 4], [2, 6, 30]], [[2, 1, 0, 0, 0], [1, 2, 0, 0, 0], [0, 0, 2, 1, 0], [0, 0, 1, 0, 1], [0, 0, 0, 0, 1]],
                  [[5, 0], [9, 1]]):
        got = cohens_kappa(np.array(table), wt=weights)
        kappas.append({"table": table, "weights": weights or "identity", "kappa": got.kappa, "se": got.std_kappa})
print(json.dumps({
    "made_with": "mpmath 1.3.0, statsmodels 0.15.0",
    "f_upper": [[*t, mp.nstr(f_upper(*t), 18)] for t in tails],
    "f_quantile": [[*q, mp.nstr(quantile(*q), 16)] for q in quantiles],
    "fisher": [[*t, mp.nstr(fisher(*t), 18)] for t in tables],
    "kappa": kappas,
}).replace("], [", "],\n["))
