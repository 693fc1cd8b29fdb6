"""``make letter-net``: train the network that sees letters, on drawn lines, and write its weights.

``python -m local.letter_training FONTS OUT MINUTES [FROM]`` needs TensorFlow, which nothing else here does; FROM goes on from a
``.weights.h5`` that an earlier run left in OUT. Training stops by the clock, so two runs never give the same weights to the bit.
"""

import importlib
import io
import logging
import math
import multiprocessing
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from local.letter_training.lines import Lines
from onestop.adapters.picture_text.letter_net import HEIGHT_PX
from onestop.domain.imaging.letters import JONG, JUNG, STARTS

BATCH = 32
FASTEST, WARM_UP, LEAST_SHARE = 2e-3, 150, 0.01
"""The learning rate, the batches until it is reached, and the share of it that is left at the end of its cosine."""
HEAT_COUNTS = 4.0
_log = logging.getLogger("letter_training")


def main(arguments: list[str]) -> None:
    """Train for so many minutes, then write ``letter_net.npz`` and ``letter_net.weights.h5``."""
    fonts, out, minutes = Path(arguments[0]), Path(arguments[1]), float(arguments[2])
    # Drawing forks before TensorFlow starts its threads.
    batches: multiprocessing.Queue[Any] = multiprocessing.Queue(8)
    drawing = multiprocessing.Process(target=_draw, args=(fonts, time.time_ns(), batches), daemon=True)
    drawing.start()
    tensorflow: Any = importlib.import_module("tensorflow")
    model = network(tensorflow)
    for weights in arguments[3:]:
        model.load_weights(weights)
    _train(tensorflow, model, batches, minutes * 60)
    drawing.kill()
    out.mkdir(parents=True, exist_ok=True)
    model.save_weights(out / "letter_net.weights.h5")
    (out / "letter_net.npz").write_bytes(stored(tensorflow, model))


def network(tensorflow: Any) -> Any:
    """The network: four convolutions over a line's height and width, one that takes its height together, two along its length."""
    layers = tensorflow.keras.layers

    def convolved(seen: Any, kinds: int, kernel: Any, padding: str = "same") -> Any:
        seen = layers.Conv2D(kinds, kernel, padding=padding, use_bias=False)(seen)
        return layers.ReLU()(layers.BatchNormalization(momentum=0.97, epsilon=1e-3)(seen))

    told = 1 + len(STARTS) + len(JUNG) + len(JONG)
    ink = layers.Input((HEIGHT_PX, None, 1))
    seen = layers.MaxPool2D(2)(convolved(ink, 16, 3))
    seen = layers.MaxPool2D(2)(convolved(seen, 32, 3))
    seen = layers.MaxPool2D((2, 1))(convolved(seen, 64, 3))
    seen = convolved(convolved(seen, 112, 3), 192, (5, 1), "valid")
    seen = convolved(convolved(seen, 192, (1, 5)), 192, (1, 3))
    return tensorflow.keras.Model(ink, layers.Reshape((-1, told))(layers.Conv2D(told, 1)(seen)))


def stored(tensorflow: Any, model: Any) -> bytes:
    """The weights in half precision, each normalisation put into the convolution before it."""
    kernels: list[tuple[Any, Any]] = []
    for layer in model.layers:
        if isinstance(layer, tensorflow.keras.layers.Conv2D):
            kernel, *bias = layer.get_weights()
            kernels.append((kernel, bias[0] if bias else np.zeros(kernel.shape[-1], np.float32)))
        elif isinstance(layer, tensorflow.keras.layers.BatchNormalization):
            gain, shift, mean, variance = layer.get_weights()
            kernel, bias = kernels[-1]
            scale = gain / np.sqrt(variance + layer.epsilon)
            kernels[-1] = (kernel * scale, shift + (bias - mean) * scale)
    named = {f"{name}{at}": value.astype(np.float16) for at, pair in enumerate(kernels) for name, value in zip("wb", pair, strict=True)}
    written = io.BytesIO()
    np.savez_compressed(written, **named)
    return written.getvalue()


def _draw(fonts: Path, seed: int, batches: Any) -> None:
    lines = Lines(fonts, seed)
    while True:
        batches.put(lines.batch(BATCH))


def _train(tensorflow: Any, model: Any, batches: Any, seconds: float) -> None:
    step, optimizer = _step(tensorflow, model)
    started, number, average = time.monotonic(), 0, None
    while (done := (time.monotonic() - started) / seconds) < 1:
        warm = min(1.0, (number + 1) / WARM_UP)
        optimizer.learning_rate.assign(FASTEST * warm * ((1 + math.cos(math.pi * done)) / 2 + LEAST_SHARE))
        inks, target = batches.get()
        losses = np.array([float(loss) for loss in step(inks, *target)])
        average = losses if average is None else 0.98 * average + 0.02 * losses
        number += 1
        if number % 100 == 0:
            _log.info("%d lines, losses of heat and parts %s", number * BATCH, np.round(average, 3).tolist())


def _step(tensorflow: Any, model: Any) -> tuple[Any, Any]:
    """One batch: the heat by its likeness to the drawn one, the parts where a letter's middle is."""
    optimizer = tensorflow.keras.optimizers.Adam(FASTEST)
    ends = np.cumsum([1, len(STARTS), len(JUNG)]).tolist()

    @tensorflow.function(reduce_retracing=True)  # type: ignore[untyped-decorator]
    def step(inks: Any, heat: Any, start: Any, jung: Any, jong: Any, counts: Any, syllable: Any) -> Any:
        with tensorflow.GradientTape() as tape:
            told = model(tensorflow.cast(inks, tensorflow.float32), training=True)
            losses = [HEAT_COUNTS * tensorflow.reduce_mean(tensorflow.nn.sigmoid_cross_entropy_with_logits(heat, told[..., 0]))]
            parts = tensorflow.split(told[..., 1:], [ends[1] - 1, ends[2] - ends[1], len(JONG)], axis=-1)
            for part, wanted, weight in zip(parts, (start, jung, jong), (counts, syllable, syllable), strict=True):
                lost = tensorflow.nn.sparse_softmax_cross_entropy_with_logits(wanted, part) * weight
                losses.append(tensorflow.reduce_sum(lost) / tensorflow.reduce_sum(weight))
            loss = tensorflow.add_n(losses)
        gradients, _ = tensorflow.clip_by_global_norm(tape.gradient(loss, model.trainable_variables), 3.0)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
        return losses

    return step, optimizer


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main(sys.argv[1:])
