"""The same data through pymannkendall and datasketch, timed by processor time; started by market.rs, which gives the data."""
import sys
import time

import numpy as np
import pymannkendall
from datasketch import MinHash, MinHashLSH

lines = iter(sys.stdin.read().split("\n"))
series = []
for line in lines:
    if not line:
        break
    series.append(np.array([float(v) for v in line.split(" ")]))
texts = [line for line in lines if line]

start = time.process_time()
total = 0.0
for x in series:
    # The test and the slope come together there, without an interval.
    r = pymannkendall.seasonal_test(x, period=12)
    total += r.z + r.slope
each = (time.process_time() - start) / len(series)
print(f"pymannkendall: {len(series)} series, {each * 1e6:.1f} microseconds each; sum {total:.9f}", flush=True)

size = sum(len(t) for t in texts)
start = time.process_time()
index = MinHashLSH(params=(32, 8), num_perm=256)
kept, duplicates = {}, 0
for number, text in enumerate(texts):
    words = text.split(" ")
    shingles = {" ".join(words[i:i + 3]).encode() for i in range(len(words) - 2)}
    m = MinHash(num_perm=256, seed=1)
    m.update_batch(shingles)
    best = 0.0
    for other in index.query(m):
        both = len(shingles & kept[other])
        best = max(best, both / (len(shingles) + len(kept[other]) - both))
    if best >= 0.7:
        duplicates += 1
    else:
        kept[number] = shingles
        index.insert(number, m)
seconds = time.process_time() - start
print(f"datasketch: {len(texts)} documents in {seconds:.2f} s: {len(texts) / seconds:.0f} documents/s, {size / 1e6 / seconds:.2f} MB/s, {duplicates} duplicates", flush=True)
