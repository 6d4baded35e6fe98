#!/usr/bin/env python3
"""Distil a static embedding table from a BERT-like sentence encoder.

Each entry of the vocabulary is read alone through the whole encoder ("[CLS] entry [SEP]", mean of the
outputs), the vectors are reduced by principal components, weighted by how rare the entry is (smooth
inverse frequency over its rank: 0.001 / (0.001 + 1 / (rank * harmonic number))), and kept as one byte a
number with one scale a row. The manner is that of Model2Vec (Tulkens and van Dongen, 2024).

    python3 tools/distil_static_table.py MODEL models/static-table.bin

MODEL is the folder of all-MiniLM-L6-v2 (Apache-2.0), or a zip archive that holds it somewhere:
`model.safetensors`, `vocab.txt` and `config.json`. Needs numpy and nothing else, about two minutes on one core.

The file: "METIERTB", then little-endian u32 version (1), rows, dims, bytes of the vocabulary; the
vocabulary, one entry a line; `rows` f32 scales; rows * dims signed bytes.
"""

import argparse
import io
import json
import math
import struct
import sys
import unicodedata
import zipfile
from pathlib import Path

import numpy as np


def reader(model):
    path = Path(model)
    if path.is_dir():
        return lambda name: (path / name).read_bytes()
    archive = zipfile.ZipFile(path)

    def read(name):
        held = [n for n in archive.namelist() if n.split("/")[-1] == name]
        if not held:
            sys.exit(f"{model} holds no {name}")
        return archive.read(min(held, key=len))

    return read


def tensors(data):
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    found = {}
    for name, about in header.items():
        if name == "__metadata__" or about["dtype"] != "F32":
            continue
        begin, end = (8 + length + at for at in about["data_offsets"])
        found[name.removeprefix("bert.")] = np.frombuffer(data[begin:end], "<f4").reshape(about["shape"])
    return found


class Encoder:
    """The forward pass of BERT in numpy; `lengths` masks the padding."""

    def __init__(self, read):
        self.t = tensors(read("model.safetensors"))
        config = json.loads(read("config.json"))
        self.layers = config["num_hidden_layers"]
        self.heads = config["num_attention_heads"]
        self.eps = config["layer_norm_eps"]

    def linear(self, x, name):
        return x @ self.t[name + ".weight"].T + self.t[name + ".bias"]

    def norm(self, x, name):
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(-1, keepdims=True) + self.eps)
        return x * self.t[name + ".weight"] + self.t[name + ".bias"]

    def outputs(self, ids, lengths):
        rows, width = ids.shape
        mask = np.arange(width)[None, :] < lengths[:, None]
        bias = np.where(mask, 0.0, -1e9).astype(np.float32)[:, None, None, :]
        t = self.t
        x = t["embeddings.word_embeddings.weight"][ids]
        x = x + t["embeddings.position_embeddings.weight"][:width]
        x = x + t["embeddings.token_type_embeddings.weight"][0]
        x = self.norm(x, "embeddings.LayerNorm")
        for layer in range(self.layers):
            at = f"encoder.layer.{layer}."

            def split(y):
                return y.reshape(rows, width, self.heads, -1).transpose(0, 2, 1, 3)

            q = split(self.linear(x, at + "attention.self.query"))
            k = split(self.linear(x, at + "attention.self.key"))
            v = split(self.linear(x, at + "attention.self.value"))
            scores = q @ k.transpose(0, 1, 3, 2) / math.sqrt(q.shape[-1]) + bias
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            scores /= scores.sum(-1, keepdims=True)
            seen = (scores @ v).transpose(0, 2, 1, 3).reshape(rows, width, -1)
            x = self.norm(x + self.linear(seen, at + "attention.output.dense"), at + "attention.output.LayerNorm")
            y = self.linear(x, at + "intermediate.dense")
            y = y * 0.5 * (1.0 + erf(y / math.sqrt(2.0)))
            x = self.norm(x + self.linear(y, at + "output.dense"), at + "output.LayerNorm")
        return x, mask

    def mean(self, ids, lengths):
        x, mask = self.outputs(ids, lengths)
        return (x * mask[:, :, None]).sum(1) / lengths[:, None]


def erf(x):
    """Abramowitz and Stegun 7.1.26; its error is under 1.5e-7."""
    sign, x = np.sign(x), np.abs(x)
    t = 1.0 / (1.0 + 0.3275911 * x)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return (sign * (1.0 - poly * np.exp(-x * x))).astype(np.float32)


def kept(entry):
    """Entries that English text can hold: no reserved ones, no other scripts."""
    if entry.startswith("[") and entry.endswith("]"):
        return entry == "[UNK]"
    return all(c.isascii() or unicodedata.name(c, "").startswith("LATIN") for c in entry)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("model")
    arguments.add_argument("out")
    arguments.add_argument("--dims", type=int, default=256)
    chosen = arguments.parse_args()
    read = reader(chosen.model)
    vocabulary = io.StringIO(read("vocab.txt").decode("utf-8")).read().split("\n")
    vocabulary = [entry.rstrip("\r") for entry in vocabulary if entry.strip()]
    begin, end = vocabulary.index("[CLS]"), vocabulary.index("[SEP]")
    places = [i for i, entry in enumerate(vocabulary) if kept(entry)]
    encoder = Encoder(read)
    parts = []
    for at in range(0, len(places), 512):
        ids = np.array([[begin, i, end] for i in places[at : at + 512]])
        parts.append(encoder.mean(ids, np.full(len(ids), 3)))
    x = np.concatenate(parts).astype(np.float64)
    x -= x.mean(0)
    _, axes = np.linalg.eigh(x.T @ x)
    axes = axes[:, ::-1][:, : chosen.dims]
    # An axis has no direction of its own: the largest part is made positive.
    axes = axes * np.sign(axes[np.abs(axes).argmax(0), np.arange(axes.shape[1])])
    x = x @ axes
    rank = np.arange(1, len(x) + 1)
    frequency = 1.0 / (rank * (np.log(len(x)) + 0.5772))
    x *= (1e-3 / (1e-3 + frequency))[:, None]
    unknown = [vocabulary[i] for i in places].index("[UNK]")
    x[unknown] = 0.0
    scales = np.maximum(np.abs(x).max(1) / 127.0, 1e-12).astype("<f4")
    rows = np.clip(np.rint(x / scales[:, None]), -127, 127).astype(np.int8)
    words = "\n".join(vocabulary[i] for i in places).encode("utf-8")
    with open(chosen.out, "wb") as out:
        out.write(b"METIERTB" + struct.pack("<4I", 1, len(places), rows.shape[1], len(words)))
        out.write(words + scales.tobytes() + rows.tobytes())
    print(f"{len(places)} entries of {rows.shape[1]} numbers in {Path(chosen.out).stat().st_size} bytes")


if __name__ == "__main__":
    main()
