"""Latents as numpy writes them: float32 by savez, float64 compressed. Run: python3 latents.py"""
from pathlib import Path

import numpy as np

folder = Path(__file__).parents[3] / "packages/runs/fixtures"
values = np.arange(15).reshape(3, 5) / 8 - 1
np.savez(folder / "latents-float32.npz", latents=values.astype(np.float32))
np.savez_compressed(folder / "latents-float64.npz", latents=values)
