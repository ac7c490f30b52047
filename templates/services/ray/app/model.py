"""The model. It knows nothing of Ray or HTTP: put yours in its place."""

import re
import zlib

import numpy as np

DIMENSIONS = 64
BUCKETS = 4096
DIGITS = 5
WORD = re.compile(r"\w+")


class Embedder:
    """Turns texts into vectors of length 1. The more words and parts of words two texts share, the larger is their dot
    product.

    It hashes them into buckets and projects these at random, which keeps angles (Johnson and Lindenstrauss): there is
    nothing to train or to download, and a text has the same vector everywhere.
    """

    def __init__(self) -> None:
        # RandomState is frozen: unlike that of default_rng(), its stream stays the same in every release.
        self._projection = np.random.RandomState(0).standard_normal((BUCKETS, DIMENSIONS)).astype(np.float32)

    def embed(self, texts: list[str]) -> np.ndarray:
        counts = np.zeros((len(texts), BUCKETS), dtype=np.float32)
        for row, text in zip(counts, texts, strict=True):
            np.add.at(row, [zlib.crc32(feature.encode()) % BUCKETS for feature in _features(text)], 1)
        vectors = counts @ self._projection  # the whole batch at once: this is what batching is for
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors.astype(float).round(DIGITS)  # what follows depends on the rest of the batch


def _features(text: str) -> list[str]:
    words = WORD.findall(text.casefold())
    parts = [f"<{word}>"[start : start + 3] for word in words for start in range(len(word))]
    return [*words, *parts]
