"""Makes golden.json with mpmath: `pip install mpmath && python3 make.py > golden.json`.

Every value is a direct integral or an arbitrary-precision special function, never the formula the crate
computes with.
"""
import json
from mpmath import asin, exp, log, loggamma, mp, mpf, pi, sqrt

mp.dps = 50


def ln_b(a, b):
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def tail(a, b, x):
    """ln B(x; a, b), by the series of positive terms or, where it is long, its complement."""
    a, b, x = mpf(a), mpf(b), mpf(x)

    def low(a, b, x, y):
        term = total = mpf(1)
        j = 0
        while True:
            term *= (a + b + j) / (a + 1 + j) * x
            total += term
            j += 1
            if term < total * mpf(10) ** -45 and (a + b + j) / (a + 1 + j) * x < 1:
                return a * log(x) + b * log(y) + log(total / a)

    if x <= 0.5 or (x < 0.99 and x * (a + b) <= a):
        return low(a, b, x, 1 - x)
    whole = ln_b(a, b)
    return whole + log(1 - exp(low(b, a, 1 - x, x) - whole))


def gauss(n):
    """Gauss-Legendre nodes and weights."""
    slope = lambda t: n * (t * mp.legendre(n, t) - mp.legendre(n - 1, t)) / (t * t - 1)
    roots = [mp.cos(mp.pi * (i + 0.75) / (n + 0.5)) for i in range(n)]
    for _ in range(8):
        roots = [t - mp.legendre(n, t) / slope(t) for t in roots]
    return roots, [2 / ((1 - t * t) * slope(t) ** 2) for t in roots]


RULE = gauss(24)


def slow(a, b, x):
    """The same by quadrature in the angle, where the series has too many terms."""
    a, b, x = mpf(a), mpf(b), mpf(x)
    k, m = a - mpf(1) / 2, b - mpf(1) / 2
    n = k + m
    limit = asin(sqrt(x))
    peak = min(asin(sqrt(k / n)), limit)
    h = lambda p: (2 * k * log(mp.sin(p)) if k else 0) + (2 * m * log(mp.cos(p)) if m else 0)
    top = h(peak)
    slope = abs(2 * k * mp.cot(peak) - 2 * m * mp.tan(peak)) if peak == limit else 0
    w = 1 / (slope + 2 * sqrt(n))
    cuts = sorted({max(mpf(0), min(limit, peak + w * 2 * t)) for t in range(-40, 41)})
    total = mpf(0)
    for lo, hi in zip(cuts, cuts[1:]):
        for t, c in zip(*RULE):
            total += c * (hi - lo) / 2 * exp(h((lo + hi) / 2 + (hi - lo) / 2 * t) - top)
    return top + log(2 * total)


def any_tail(a, b, x):
    return tail(a, b, x) if max(a, b) <= 20000 else slow(a, b, x)


def rows():
    e = []
    for n, k, eps in [
        (1, 0, 1e-9), (1, 0, 0.01), (1, 1, 0.01), (1, 0, 0.999), (1, 1, 1e-300), (3, 2, 0.5), (7, 7, 0.3),
        (10, 1, 0.01), (30, 0, 0.1184), (36, 0, 0.1), (60, 1, 0.1), (100, 0, 0.01), (100, 50, 0.01), (100, 3, 0.99),
        (377, 0, 0.01), (376, 0, 0.01), (500, 1, 0.01), (800, 2, 0.01), (1000, 20, 0.01), (5000, 49, 0.01),
        (5000, 50, 0.01), (5000, 51, 0.01), (10000, 1, 1e-6), (20000, 10, 0.2),
        (10**6, 0, 1e-5), (10**6, 10, 1e-5), (10**6, 10000, 0.01), (10**6, 9500, 0.01), (10**6, 300, 0.5),
        (10**9, 0, 1e-9), (10**9, 0, 1e-3), (10**9, 1, 1e-12), (10**9, 1000, 1e-6), (10**9, 10**7, 0.01),
        (10**9, 10**7 - 30000, 0.01), (10**9, 10**7 + 30000, 0.01), (10**9, 5 * 10**8, 0.01), (10**9, 10**9, 0.5),
        (10**12, 10**6, 1e-6), (10**12, 10**10 - 10**6, 0.01),
    ]:
        for mirror in (False, True):
            # 1 - eps must keep the eps.
            mp.dps = 400 if eps < 1e-30 else 50
            x, kk = (1 - mpf(eps), n - k) if mirror else (mpf(eps), k)
            a, b = mpf(kk) + 0.5, mpf(n - kk) + 0.5
            power = kk * log(x) + (n - kk) * log(1 - x)
            if n <= 20000:
                top = any_tail(a, b, x)
            else:
                top = slow(a, b, x)
            value = top - log(2 * asin(sqrt(x))) - power
            e.append([n, k, eps, mirror, mp.nstr(value, 20)])
    mp.dps = 50
    b = []
    for a, bb, x in [
        (0.5, 0.5, 0.3), (0.5, 0.5, 1e-300), (0.5, 0.5, 0.999999), (0.001, 0.001, 0.5), (0.001, 7.0, 0.2),
        (1.0, 1.0, 0.7), (2.5, 0.3, 0.01), (2.5, 0.3, 0.99), (5.0, 19.5, 0.2), (19.5, 19.9, 0.5), (19.9, 300.25, 0.05),
        (19.9, 300.25, 0.07), (19.9, 300.25, 0.3), (300.25, 19.9, 0.9), (300.25, 19.9, 0.97), (20.3, 20.7, 0.01),
        (20.3, 20.7, 0.5), (20.3, 20.7, 0.95), (299.0, 2.0, 0.984285445108416), (55.95, 1.0, 0.93), (0.5, 10000.5, 1e-5),
        (0.5, 10000.5, 1e-4), (0.5, 10000.5, 1e-3), (2000.5, 3000.25, 0.4), (2000.5, 3000.25, 0.3), (2000.5, 3000.25, 0.45),
        (7.25, 15000.0, 1e-12), (15000.0, 0.01, 0.5), (15000.0, 0.01, 0.99999), (1.5, 1e9, 1e-9), (1.5, 1e9, 5e-9),
        (0.5, 1e9, 3e-10), (19.0, 1e9, 1.2e-8), (19.0, 1e9, 3e-8), (1e9, 1.5, 0.999999999), (1e6, 1e9, 0.001),
        (1e6, 1e9, 0.00099), (1e9, 1e9, 0.5), (1e9, 1e9, 0.49999), (1e9, 2e9, 0.4),
    ]:
        if min(a, bb) < 20 and max(a, bb) > 20000:
            raw = tail(a, bb, x)
        else:
            raw = any_tail(a, bb, x)
        b.append([a, bb, x, mp.nstr(raw, 20), mp.nstr(raw - ln_b(mpf(a), mpf(bb)), 20)])
    lb = [[a, bb, mp.nstr(ln_b(mpf(a), mpf(bb)), 20)] for a, bb in
          [(0.001, 0.001), (0.5, 0.5), (9.99, 10.01), (1.5, 1e9), (0.001, 1e13), (1e9, 1e9), (15.0, 2e12), (3.0, 4.0)]]
    return e, b, lb


def gamma_tails(a, x):
    """ln P(a, x) and ln Q(a, x)."""
    a, x = mpf(a), mpf(x)
    if a > 20000:
        # By quadrature in the logarithm of the variable, from x away from the mode.
        h = lambda u: a * u - exp(u)
        edge, side = log(x), -1 if x < a else 1
        slope = abs(a - x)
        w = 1 / (slope + sqrt(a))
        total = mpf(0)
        for i in range(120):
            lo, hi = edge + side * w * i, edge + side * w * (i + 1)
            for t, c in zip(*RULE):
                total += c * w / 2 * exp(h((lo + hi) / 2 + (hi - lo) / 2 * t) - h(edge))
        tail = h(edge) + log(total) - loggamma(a)
    elif x < a + 1:
        term = total = mpf(1)
        j = 0
        while term > total * mpf(10) ** -60:
            j += 1
            term *= x / (a + j)
            total += term
        side = -1
        tail = a * log(x) - x - loggamma(a + 1) + log(total)
    else:
        side = 1
        tail = log(mp.gammainc(a, x, mp.inf)) - loggamma(a)
    # 1 - exp(tail) of a shape of 1e-10 needs all 50 digits.
    other = log(-mp.expm1(tail)) if tail > -1 else mp.log1p(-exp(tail))
    return (tail, other) if side < 0 else (other, tail)


GAMMA = [
    (1e-10, 1e-300), (1e-10, 1e-3), (1e-10, 0.5), (1e-10, 1.0), (1e-10, 1.49), (1e-10, 1.6), (1e-10, 30.0), (1e-5, 0.9),
    (1e-3, 1e-200), (1e-3, 2.0), (0.1, 0.01), (0.1, 1.4), (0.24, 0.7), (0.26, 0.7), (0.5, 1e-20), (0.5, 0.2), (0.5, 1.45),
    (0.5, 1.55), (0.5, 300.0), (0.99, 1.2), (0.999, 5.0), (1.0, 1.99), (1.0, 2.01), (1.7, 1e-100), (4.5, 2.0), (4.5, 5.4),
    (4.5, 5.6), (4.5, 700.0), (10.0, 1e5), (20.4, 21.3), (20.4, 21.5), (20.4, 3.0), (20.6, 1e-5), (20.6, 19.9), (20.6, 20.2),
    (20.6, 60.0), (25.0, 1e6), (25.0, 0.001), (100.0, 70.0), (100.0, 99.0), (100.0, 101.0), (100.0, 160.0), (1000.5, 800.0),
    (1000.5, 1000.25), (1000.5, 1300.0), (1e6, 9.9e5), (1e6, 999999.75), (1e6, 1000500.0), (1e6, 1.2e6), (1e9, 9.999e8),
    (1e9, 1e9), (1e9, 1000050000.0), (1e9, 2e9), (1e9, 1e8), (1e12, 999999000000.0), (1e13, 1e13),
]


def ordinal():
    """The posterior by adaptive integration in both variables, thresholds as cuts."""
    mp.dps = 20
    taus = [mpf(i) * mpf(6) / 10 - mpf("2.1") for i in range(8)]
    ratings = [(4, 0.6, 0.7), (2, -0.3, 0.5), (3, 0.15, 0.6), (3, 0.15, 0.6), (2, 0.15, 0.6)]
    f = lambda v: 1 / (1 + exp(-v))

    def chance(y, mean, sd, theta):
        def given(b):
            v = theta + b
            hi = f(taus[y] - v) if y < len(taus) else mpf(1)
            lo = f(taus[y - 1] - v) if y > 0 else mpf(0)
            return hi - lo
        # The trapezoid rule on an analytic, decaying integrand converges exponentially.
        step = mpf(1) / 8
        total = mpf(0)
        for i in range(-72, 73):
            z = i * step
            total += exp(-z * z / 2) * given(mpf(mean) + mpf(sd) * z)
        return total * step / sqrt(2 * pi)

    def density(theta):
        p = exp(-(theta / mpf("1.3")) ** 2 / 2)
        for y, mean, sd in set(ratings):
            p *= chance(y, mean, sd, theta) ** ratings.count((y, mean, sd))
        return p

    cuts = [mpf("-10.4"), mpf(-6), mpf(-4), mpf(-3)] + taus + [mpf(3), mpf(4), mpf(6), mpf("10.4")]
    x, w = gauss(20)
    parts, moments = [], []
    for lo, hi in zip(cuts, cuts[1:]):
        points = [((lo + hi) / 2 + (hi - lo) / 2 * t) for t in x]
        values = [density(p) * c * (hi - lo) / 2 for p, c in zip(points, w)]
        parts.append(sum(values))
        moments.append((sum(v * p for v, p in zip(values, points)), sum(v * p * p for v, p in zip(values, points))))
    total = sum(parts)
    first, second = sum(m[0] for m in moments) / total, sum(m[1] for m in moments) / total
    at_least = [sum(parts[3 + k:]) / total if k else mpf(1) for k in range(9)]
    return {
        "ratings": ratings,
        "mean": mp.nstr(first, 15),
        "sd": mp.nstr(sqrt(second - first ** 2), 15),
        "at_least": [mp.nstr(p, 15) for p in at_least],
    }


e, b, lb = rows()
g = [[a, x] + [mp.nstr(v, 20) for v in gamma_tails(a, x)] for a, x in GAMMA]
print(json.dumps({"made_with": "mpmath 1.3.0", "ln_e": e, "ln_inc_beta": b, "ln_beta": lb, "ln_inc_gamma": g, "ordinal": ordinal()}, indent=None).replace("], [", "],\n["))
