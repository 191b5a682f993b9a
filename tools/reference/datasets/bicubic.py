"""Reference for bicubic.ts: Pillow's bicubic resampling of float images, smaller and larger."""

import json
import pathlib

import numpy as np
import PIL
from PIL import Image

rng = np.random.default_rng(5)
cases = []
SIZES = [
    ((16, 24), (4, 6)),
    ((12, 8), (6, 4)),
    ((9, 6), (3, 2)),
    ((8, 8), (1, 1)),
    ((4, 4), (4, 4)),
    ((4, 6), (16, 24)),
    ((5, 3), (10, 12)),
    ((7, 10), (9, 4)),
]
for (height, width), (rows, columns) in SIZES:
    image = rng.uniform(-1, 1, (height, width)).astype(np.float32)
    resized = np.asarray(Image.fromarray(image, mode="F").resize((columns, rows), Image.BICUBIC))
    cases.append(
        {
            "from": [height, width],
            "to": [rows, columns],
            "image": image.ravel().tolist(),
            "resized": resized.ravel().tolist(),
        }
    )

out = pathlib.Path(__file__).parents[3] / "packages/datasets/fixtures/bicubic.json"
out.write_text(json.dumps({"pillow": PIL.__version__, "numpy": np.__version__, "cases": cases}))
