import numpy as np

from app.model import DIMENSIONS, Embedder


def test_vectors_have_length_one() -> None:
    vectors = Embedder().embed(["a red car", "Ünïcode ✓"])
    assert vectors.shape == (2, DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_a_text_without_words_has_no_direction() -> None:
    assert not Embedder().embed(["…"]).any()


def test_similar_texts_are_near() -> None:
    car, cars, tea = Embedder().embed(["the red car stops", "red cars stop", "a pot of green tea"])
    assert car @ cars > 0.5 > car @ tea


def test_is_the_same_alone_and_in_a_batch() -> None:
    alone = Embedder().embed(["a red car"])[0]
    assert (Embedder().embed(["tea", "a red car"])[1] == alone).all()
