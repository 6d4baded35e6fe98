"""Makes forecast.json: `pip install mpmath numpy scipy && python3 forecast.py > forecast.json`.

Every value is computed another way than the crate does: sums in 50 digits, the law of the count by the
discrete Fourier transform of its characteristic function, intervals by scipy, isotonic regression by the
max-min formula.
"""
import json
import random
from mpmath import log, mp, mpc, mpf
from scipy.stats import binomtest

mp.dps = 50
random.seed(20261122)


def made(n, slope, values):
    """Stated to `values` decimals; the true log-odds are `slope` times the stated ones."""
    out = []
    while len(out) < n:
        p = round(random.betavariate(1.6, 1.1), values)
        if 0 < p < 1:
            odds = (p / (1 - p)) ** slope
            out.append([p, random.random() < odds / (1 + odds)])
    return out


def s(x):
    return mp.nstr(x, 20)


def decomposition(told, groups):
    n = len(told)
    y = mpf(sum(c for _, c in told)) / n
    rel = res = chance = spread = cov = mpf(0)
    for g in groups:
        k = len(g)
        ps = [mpf(p) for p, _ in g]
        p = sum(ps) / k
        o = mpf(sum(c for _, c in g)) / k
        rel += k * (p - o) ** 2 / n
        res += k * (o - y) ** 2 / n
        chance += sum(q * (1 - q) for q in ps) / k / n
        spread += sum((q - p) ** 2 for q in ps) / n
        cov += 2 * sum((int(c) - o) * (mpf(q) - p) for q, c in g) / n
    return [s(v) for v in (rel, chance, res, y * (1 - y), spread, cov)]


def bins(groups):
    rows = []
    for g in groups:
        came = sum(c for _, c in g)
        ci = binomtest(came, len(g)).proportion_ci(0.9, method="exact")
        rows.append([min(p for p, _ in g), max(p for p, _ in g), len(g), came, ci.low, ci.high])
    return rows


def law(ps):
    """P(count = k) by inverting the characteristic function."""
    n = len(ps)
    w = [mp.expjpi(mpf(2) * l / (n + 1)) for l in range(n + 1)]
    f = []
    for z in w:
        v = mpc(1)
        for p in ps:
            v *= 1 - p + p * z
        f.append(v)
    return [(sum(f[l] * w[(-l * k) % (n + 1)] for l in range(n + 1)) / (n + 1)).real for k in range(n + 1)]


def overall(told):
    ps = [mpf(p) for p, _ in told]
    pmf = law(ps)
    came = sum(c for _, c in told)
    low = next(k for k in range(len(pmf)) if sum(pmf[: k + 1]) > mpf("0.05"))
    high = next(k for k in range(len(pmf) - 1, -1, -1) if sum(pmf[k:]) > mpf("0.05"))
    p = min(mpf(1), 2 * min(sum(pmf[: came + 1]), sum(pmf[came:])))

    def power(shift):
        moved = law([min(max(q + shift, mpf(0)), mpf(1)) for q in ps])
        return sum(moved[:low]) + sum(moved[high + 1 :])

    return [s(sum(ps)), came, low, high, s(p), s(power(mpf("-0.1"))), s(power(mpf("0.1")))]


def isotonic(told):
    """The share of each stated value by max over below of min over above of the mean."""
    values = sorted({p for p, _ in told})
    count = [sum(1 for p, _ in told if p == v) for v in values]
    came = [sum(c for p, c in told if p == v) for v in values]
    shares = []
    for i in range(len(values)):
        shares.append(max(
            min(mpf(sum(came[a : b + 1])) / sum(count[a : b + 1]) for b in range(i, len(values)))
            for a in range(i + 1)
        ))
    brier = sum((mpf(p) - int(c)) ** 2 for p, c in told) / len(told)
    corrected = sum((shares[values.index(p)] - int(c)) ** 2 for p, c in told) / len(told)
    y = mpf(sum(c for _, c in told)) / len(told)
    return {
        "shares": [[v, s(x)] for v, x in zip(values, shares)],
        "parts": [s(brier - corrected), s(y * (1 - y) - corrected), s(y * (1 - y))],
    }


sets = []
for n, slope, values in [(1, 1, 2), (7, 1, 1), (40, 1, 2), (40, 0.4, 1), (200, 1, 2), (200, 2.5, 3)]:
    told = made(n, slope, values)
    by_value = [[x for x in told if x[0] == v] for v in sorted({p for p, _ in told})]
    edges = [0.25, 0.5, 0.625, 0.875]
    cuts = [0.0, *edges, 2.0]
    by_edges = [g for lo, hi in zip(cuts, cuts[1:]) if (g := [x for x in told if lo <= x[0] < hi])]
    sets.append({
        "told": told,
        "brier": s(sum((mpf(p) - int(c)) ** 2 for p, c in told) / n),
        "log_score": s(-sum(log(mpf(p) if c else 1 - mpf(p)) for p, c in told) / n),
        "by_value": decomposition(told, by_value),
        "by_edges": decomposition(told, by_edges),
        "bins": bins(by_edges),
        "overall": overall(told),
        "isotonic": isotonic(told),
    })
print(json.dumps({"edges": [0.25, 0.5, 0.625, 0.875], "sets": sets}, indent=1))
