"""Reference for superResolution.ts: Pillow's antialiased bicubic reduction of float images."""

import json
import pathlib

import numpy as np
import PIL
from PIL import Image

rng = np.random.default_rng(5)
cases = []
for height, width, factor in [(16, 24, 4), (12, 8, 2), (9, 6, 3), (8, 8, 8), (4, 4, 1)]:
    image = rng.uniform(-1, 1, (height, width)).astype(np.float32)
    size = (width // factor, height // factor)
    reduced = np.asarray(Image.fromarray(image, mode="F").resize(size, Image.BICUBIC))
    cases.append(
        {
            "height": height,
            "width": width,
            "factor": factor,
            "image": image.ravel().tolist(),
            "reduced": reduced.ravel().tolist(),
        }
    )

out = pathlib.Path(__file__).parents[3] / "packages/datasets/fixtures/bicubic.json"
out.write_text(json.dumps({"pillow": PIL.__version__, "numpy": np.__version__, "cases": cases}))
