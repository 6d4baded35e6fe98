"""Makes market.json: `pip install numpy==1.26.4 scipy==1.12.0 statsmodels==0.15.0 pymannkendall==1.4.3 mpmath==1.4.1`, then
`python3 market.py > market.json`.

Other people's implementations, at the ends of the domains: tiny and huge counts, ties, gaps.
"""
import json
import math
import mpmath as mp
import numpy as np
import pymannkendall as mk
import warnings
from scipy import optimize, special, stats
from statsmodels.stats.multitest import multipletests

warnings.filterwarnings("ignore")
mp.mp.dps = 40
rng = np.random.default_rng(20261122)


def gamma_tail(a, x):
    """P(X < x) for a Gamma variable, by quadrature over the part that counts where the series is long."""
    a = mp.mpf(a)
    if a <= 2000:
        return mp.gammainc(a, 0, x, regularized=True)
    sd = mp.sqrt(a)
    density = lambda t: mp.exp((a - 1) * mp.log(t) - t - mp.loggamma(a))
    cuts = [x - sd * j / 2 for j in range(0, 40)]
    return mp.quad(density, [c for c in reversed(cuts) if c > 0], maxdegree=5)


def gamma_quantile(a, q):
    """scipy's gammaincinv has three wrong digits at shape 1e7 and q 5e-7; so not that one."""
    a, q = mp.mpf(a), mp.mpf(q)
    if a <= 2000:
        start = mp.mpf(float(special.gammaincinv(float(a), float(q))))
    else:
        z = mp.mpf(float(stats.norm.ppf(float(q))))
        start = a + z * mp.sqrt(a) + (z * z - 1) / 3
    # By the logarithm of the tail, which is nearly straight.
    goal = mp.log(q)
    return float(mp.findroot(lambda x: mp.log(gamma_tail(a, x)) - goal, (start, start * (1 + mp.mpf("1e-9"))), tol=1e-40))


def garwood():
    rows = []
    for k in [0, 1, 2, 7, 30, 1000, 123456, 10**7, 10**9]:
        for conf in [0.5, 0.95, 0.999999]:
            q = (1 - conf) / 2
            lower = gamma_quantile(k, q) if k else 0.0
            rows.append([k, conf, lower, gamma_quantile(k + 1, 1 - mp.mpf(q))])
    return rows


def binom_p(k, m, e1, e0):
    """All outcomes no more likely, in 40 digits."""
    n, p = k + m, mp.mpf(e1) / (mp.mpf(e1) + mp.mpf(e0))
    mass = [mp.binomial(n, j) * p**j * (1 - p) ** (n - j) for j in range(n + 1)]
    return sum(v for v in mass if v <= mass[k] * (1 + mp.mpf("1e-7")))


def share_bounds(k, n, conf):
    q = (mp.mpf(1) - conf) / 2

    def solve(a, b, goal):
        f = lambda t: mp.betainc(a, b, 0, 1 / (1 + mp.e**-t), regularized=True) - goal
        # Bisection in the log-odds.
        lo, hi = mp.mpf(-80), mp.mpf(80)
        for _ in range(110):
            mid = (lo + hi) / 2
            if f(mid) < 0:
                lo = mid
            else:
                hi = mid
        return lo

    odds_lo = mp.e ** solve(k, n - k + 1, q) if k else mp.mpf(0)
    odds_hi = mp.e ** solve(k + 1, n - k, 1 - q) if k < n else None
    return odds_lo, odds_hi


def ratio():
    rows = []
    for k, e1, m, e0 in [
        (0, 10.0, 3, 10.0), (3, 10.0, 0, 10.0), (1, 1e-6, 0, 1e6), (0, 1e6, 1, 1e-6), (1, 1.0, 1, 1.0),
        (5, 3.0, 11, 2.0), (40, 1000.0, 20, 1000.0), (300, 14890.0, 266, 14600.0), (2, 5.0, 90, 7.5), (90, 7.5, 2, 5.0),
        (7, 1.0, 14, 2.0), (60, 1e-9, 60, 1e-9), (25, 12.0, 25, 3.0),
    ]:
        lo, hi = share_bounds(k, k + m, mp.mpf(0.95))
        scale = mp.mpf(e0) / mp.mpf(e1)
        rows.append([k, e1, m, e0, float(binom_p(k, m, e1, e0)), float(lo * scale), None if hi is None else float(hi * scale)])
    for k, e1, m, e0 in [(10**6, 1.0, 10**6 - 3000, 1.0), (10**9, 2.0, 5 * 10**8 - 40000, 1.0), (5, 1e-9, 10**9, 1.0)]:
        p = stats.binomtest(k, k + m, e1 / (e1 + e0)).pvalue
        rows.append([k, e1, m, e0, p, None, None])
    return rows


def gamma():
    rows = []
    for y, e, a, b in [(0, 1.0, 1e-3, 1e-3), (0, 1e9, 0.02, 5.0), (1, 1e-6, 1e-6, 1e-3), (10**9, 1e6, 2.0, 1.0), (3, 1e6, 1e6, 1e3), (0, 0.5, 0.5, 1e-3)]:
        shape, rate = y + a, b + e
        lower = mp.mpf(0)
        if shape > 0.01:
            lower = gamma_quantile(shape, 0.025)
        rows.append([y, e, a, b, shape / rate, float(lower) / rate, gamma_quantile(shape, 1 - mp.mpf(0.025)) / rate])
    return rows


def negative_binomial():
    out = []
    for shape, mean, things in [(1.5, 3.0, 40), (0.3, 0.4, 200), (20.0, 30.0, 60)]:
        exposure = np.round(rng.uniform(0.2, 5.0, things), 3)
        y = rng.poisson(rng.gamma(shape, mean / shape, things) * exposure)

        def loss(v):
            a, m = np.exp(v)
            return -stats.nbinom.logpmf(y, a, a / (a + m * exposure)).sum()

        best = optimize.minimize(loss, [0.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-11, "fatol": 1e-12, "maxiter": 20000})
        a, m = np.exp(best.x)
        value = -best.fun + float(np.sum(special.gammaln(y + 1)))
        out.append({"y": y.tolist(), "e": exposure.tolist(), "shape": a, "mean": m, "ln_likelihood": value})
    return out


def series():
    kinds = []
    for n in [24, 37, 60, 120]:
        noise = rng.normal(size=n)
        walk = np.zeros(n)
        for t in range(1, n):
            walk[t] = 0.6 * walk[t - 1] + noise[t]
        wave = 10 * np.sin(2 * np.pi * np.arange(n) / 12)
        kinds += [
            ("noise", np.round(noise, 6)),
            ("persistent", np.round(walk, 6)),
            ("seasons and a slope", np.round(wave + noise + 0.05 * np.arange(n), 6)),
            ("counts with ties", rng.poisson(1.5, n).astype(float)),
            ("falling counts", rng.poisson(np.linspace(9, 2, n)).astype(float)),
        ]
    rows = []
    for name, x in kinds:
        plain, season = mk.original_test(x), mk.seasonal_test(x, period=12)
        hamed = mk.hamed_rao_modification_test(x)
        slope = stats.theilslopes(x, alpha=0.95)
        fields = lambda r: [r.s, float(r.var_s), r.Tau, r.z, r.p]
        rows.append({
            "name": name, "x": x.tolist(), "plain": fields(plain), "seasonal": fields(season),
            "hamed_rao": fields(hamed) if hamed.var_s > 0 else None, "slope": [float(v) for v in slope],
            "seasonal_slope": [season.slope, season.intercept],
        })
        gaps = x.copy()
        gaps[rng.choice(len(x), max(1, len(x) // 9), replace=False)] = np.nan
        if np.sum(~np.isnan(gaps)) >= 24:
            plain, season = mk.original_test(gaps), mk.seasonal_test(gaps, period=12)
            rows.append({
                "name": name + ", gaps", "x": [None if math.isnan(v) else v for v in gaps], "plain": fields(plain), "seasonal": fields(season),
                "slope": [plain.slope, plain.intercept], "seasonal_slope": [season.slope, season.intercept],
            })
    return rows


def adjusted():
    rows = []
    for p in [[0.0, 0.0, 1.0, 1.0], [0.01] * 5 + [0.04] * 5, list(np.round(rng.uniform(size=60) ** 3, 4)), [1e-300, 0.5, 1e-12]]:
        rows.append([p, [float(v) for v in multipletests(p, method="fdr_bh")[1]]])
    return rows


print(json.dumps({
    "made_with": "mpmath 1.4.1, scipy 1.12.0, statsmodels 0.15.0, pymannkendall 1.4.3",
    "garwood": garwood(), "ratio": ratio(), "gamma": gamma(), "negative_binomial": negative_binomial(), "series": series(), "adjusted": adjusted(),
}, default=float).replace("}, {", "},\n{").replace("], [", "],\n["))
