"""
Writes the fixture of @ganjs/augmentations: python3 tools/reference/augmentations/generate.py

The deterministic part of every augmentation, with parameters written into the case. Images are NHWC. The warp of ADA is
done with zero insertion, convolutions and grid_sample here, with matrices and index lists in TypeScript.
"""

import pathlib
import sys

import numpy as np
import torch
import torch.nn.functional as F

sys.path.append(str(pathlib.Path(__file__).parents[1] / "losses"))
from recording import normal, record, seeded, write  # noqa: E402

SHAPES = [(2, 8, 8, 3), (3, 6, 9, 1), (2, 12, 7, 3)]


def symlet6():
    """The low-pass filter of sym6: of all spectral factors of Daubechies' polynomial the one nearest to linear phase."""
    n = 6
    # P(y) = sum binom(n - 1 + k, k) y^k with y = (2 - z - 1/z) / 4; each root y gives a pair of reciprocal roots z.
    coefficients = [1.0]
    for k in range(1, n):
        coefficients.append(coefficients[-1] * (n - 1 + k) / k)
    pairs = [np.roots([1, 4 * y - 2, 1]) for y in np.roots(coefficients[::-1])]
    groups = []  # conjugate y share their choice, so that the filter is real
    for y_index, pair in enumerate(pairs):
        partner = next((g for g in groups if np.isclose(np.conj(pairs[g[0]]).sum(), pair.sum())), None)
        partner.append(y_index) if partner else groups.append([y_index])
    best = None
    for choice in range(2 ** len(groups)):
        roots = []
        for bit, group in enumerate(groups):
            inside = sorted(pairs[group[0]], key=abs)[choice >> bit & 1]
            roots += [inside] if len(group) == 1 else [inside, np.conj(inside)]
        h = np.real(np.poly(roots + [-1.0] * n))
        h *= np.sqrt(2) / h.sum()
        # Distance from symmetry about the middle.
        asymmetry = np.abs(h - h[::-1]).max()
        if best is None or asymmetry < best[0] - 1e-9:
            best = (asymmetry, h)
    h = best[1]
    return h if (h * np.arange(12)).sum() < 5.5 * np.sqrt(2) else h[::-1]


def mirror(size, before, after):
    """Indices of a signal extended by its mirror image, as often as needed."""
    return torch.as_tensor(np.pad(np.arange(size), (before, after), mode="reflect"))


def matrix_geometry(g):
    """The forward map of one image as a product of 3x3 matrices, around the centre."""

    def scale(x, y):
        return np.diag([x, y, 1.0])

    def turn(angle):
        return np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])

    def move(x, y):
        return np.array([[1, 0, x], [0, 1, y], [0, 0, 1.0]])

    steps = [
        scale(-1 if g["flip"] else 1, 1),
        turn(np.pi / 2 * g["quarterTurns"]),
        move(g["shiftX"], g["shiftY"]),
        scale(g["scale"], g["scale"]),
        turn(g["turnBefore"]),
        scale(g["stretch"], 1 / g["stretch"]),
        turn(g["turnAfter"]),
        move(g["moveX"], g["moveY"]),
    ]
    total = np.eye(3)
    for step in steps:
        total = step @ total
    return total


def read(image, x, y):
    """image [C, H, W] at places x, y (pixels, first at 0), bilinearly; the caller extends the image far enough."""
    _, height, width = image.shape
    grid = torch.stack([2 * x / (width - 1) - 1, 2 * y / (height - 1) - 1], -1)
    return F.grid_sample(image[None], grid[None], mode="bilinear", padding_mode="zeros", align_corners=True)[0]


def places(height, width, xs, ys, inverse):
    """Maps output places (pixel coordinates) through a 3x3 matrix around the centre."""
    cx, cy = (width - 1) / 2, (height - 1) / 2
    y, x = torch.meshgrid(ys, xs, indexing="ij")
    u = inverse[0, 0] * (x - cx) + inverse[0, 1] * (y - cy) + inverse[0, 2] + cx
    v = inverse[1, 0] * (x - cx) + inverse[1, 1] * (y - cy) + inverse[1, 2] + cy
    return u, v


def geometry(images, geometries):
    taps = torch.as_tensor(symlet6().copy())
    delay = float((taps * torch.arange(12)).sum() / taps.sum())
    _, height, width, channels = images.shape
    margin = 4 * max(height, width)
    out = []
    for image, g in zip(images.permute(0, 3, 1, 2), geometries):
        inverse = np.linalg.inv(matrix_geometry(g))
        # mirror extension, zero insertion, convolution along each axis
        x = image[:, mirror(height, margin, margin)][:, :, mirror(width, margin, margin)]
        fine = torch.zeros(channels, 2 * x.shape[1], 2 * x.shape[2], dtype=torch.float64)
        fine[:, ::2, ::2] = x
        kernel = taps.flip(0) * 2**0.5
        fine = F.conv2d(fine[:, None], kernel.reshape(1, 1, -1, 1), padding=(11, 0))
        fine = F.conv2d(fine, kernel.reshape(1, 1, 1, -1), padding=(0, 11))[:, 0]
        # sample i of the fine grid lies at (i - delay) / 2 - margin
        coarse = [(torch.arange(2 * size + 10, dtype=torch.float64) - delay) / 2 for size in (height, width)]
        u, v = places(height, width, coarse[1], coarse[0], inverse)
        moved = read(fine, 2 * (u + margin) + delay, 2 * (v + margin) + delay)
        kernel = taps / 2**0.5
        low = F.conv2d(moved[:, None], kernel.reshape(1, 1, -1, 1), stride=(2, 1))
        low = F.conv2d(low, kernel.reshape(1, 1, 1, -1), stride=(1, 2))[:, 0]
        out.append(low)
    return torch.stack(out).permute(0, 2, 3, 1)


def blit(images, geometries):
    """Only whole pixels move: NumPy's own flips, turns and shifts, of an image extended by its mirror image."""
    _, height, width, _ = images.shape
    out = []
    for image, g in zip(images, geometries):
        margin = 3 * max(height, width)
        big = image[mirror(height, margin, margin)][:, mirror(width, margin, margin)]
        if g["flip"]:
            big = big.flip(1)
        big = torch.rot90(big, -g["quarterTurns"], (0, 1))
        big = torch.roll(big, (g["shiftY"], g["shiftX"]), (0, 1))
        top, left = (big.shape[0] - height) // 2, (big.shape[1] - width) // 2
        out.append(big[top : top + height, left : left + width])
    return torch.stack(out)


def color(images, colors):
    """One step after the other on pixels, in the paper's order."""
    axis = torch.full((3,), 3**-0.5, dtype=torch.float64)
    out = []
    for image, c in zip(images, colors):
        x = image.expand(*image.shape[:2], 3)
        x = (x + c["brightness"]) * c["contrast"]
        grey = (x @ axis)[..., None] * axis
        if c["lumaFlip"]:
            x = x - 2 * grey
        grey = (x @ axis)[..., None] * axis
        across = x - grey
        turned = across * np.cos(c["hue"]) + torch.cross(axis.expand_as(x), x, dim=-1) * np.sin(c["hue"])
        x = grey + c["saturation"] * turned
        out.append(x.mean(-1, keepdim=True) if image.shape[-1] == 1 else x)
    return torch.stack(out)


def classic(images, maps, factors):
    """maps: flip, turns, zoom of each image."""
    _, height, width, _ = images.shape
    margin = 3 * max(height, width)
    out = []
    for image, (flip, turns, zoom), factor in zip(images.permute(0, 3, 1, 2), maps, factors):
        angle = 2 * np.pi * turns
        rotate = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
        inverse = np.diag([-1.0 if flip else 1.0, 1, 1]) @ rotate @ np.diag([zoom, zoom, 1])
        xs, ys = torch.arange(width).double(), torch.arange(height).double()
        u, v = places(height, width, xs, ys, inverse)
        big = image[:, mirror(height, margin, margin)][:, :, mirror(width, margin, margin)]
        x = read(big, u + margin, v + margin)
        mean = x.mean((1, 2), keepdim=True)
        out.append(mean + factor * (x - mean))
    return torch.stack(out).permute(0, 2, 3, 1)


def spread(values):
    return torch.tensor(values).double().reshape(-1, 1, 1, 1)


def brightness(images, values):
    return images + spread(values)


def saturation(images, values):
    return torch.lerp(images.mean(3, keepdim=True).expand_as(images), images, spread(values).expand_as(images))


def contrast(images, values):
    return torch.lerp(images.mean((1, 2, 3), keepdim=True).expand_as(images), images, spread(values).expand_as(images))


def translate(images, right, down):
    _, height, width, _ = images.shape
    big = F.pad(images, (0, 0, width, width, height, height))
    return torch.stack([b[height - d : 2 * height - d, width - r : 2 * width - r] for b, r, d in zip(big, right, down)])


def cutout(images, left, top, width, height):
    mask = torch.ones_like(images)
    for m, x, y in zip(mask, left, top):
        m[max(0, y) : max(0, y + height), max(0, x) : max(0, x + width)] = 0
    return images * mask


def cases():
    for i, shape in enumerate(SHAPES):
        g = seeded(i)
        n, height, width, _ = shape
        images = {"images": normal(g, *shape)}
        random = np.random.default_rng(i)

        def reals(low, high):
            return [float(np.float32(v)) for v in random.uniform(low, high, n)]

        def whole(low, high):
            return [int(v) for v in random.integers(low, high + 1, n)]

        yield record("brightness", brightness, images, options={"values": reals(-0.5, 0.5)})
        yield record("saturation", saturation, images, options={"values": reals(0, 2)})
        yield record("contrast", contrast, images, options={"values": reals(0.5, 1.5)})
        yield record("translate", translate, images, options={"right": whole(-3, 3), "down": whole(-3, 3)})
        corners = {"left": whole(-3, width - 2), "top": whole(-3, height - 2), "width": width // 2, "height": height // 2}
        yield record("cutout", cutout, images, options=corners)

        still = {"scale": 1.0, "stretch": 1.0, "turnBefore": 0.0, "turnAfter": 0.0, "moveX": 0.0, "moveY": 0.0}
        blits = [
            {"flip": bool(f), "quarterTurns": q, "shiftX": x, "shiftY": y}
            for f, q, x, y in zip(whole(0, 1), whole(0, 3), whole(-2, 2), whole(-2, 2))
        ]
        if (height - width) % 2:  # a quarter turn would put pixels between pixels
            blits = [{**b, "quarterTurns": b["quarterTurns"] // 2 * 2} for b in blits]
        yield record("geometry", blit, images, options={"geometries": [{**b, **still} for b in blits]})
        for k in range(2):
            general = [
                dict(zip(still, values))
                for values in zip(reals(0.7, 1.4), reals(0.8, 1.2), reals(-3, 3), reals(-3, 3), reals(-2, 2), reals(-2, 2))
            ]
            yield record("geometry", geometry, images, options={"geometries": [{**b, **m} for b, m in zip(blits, general)]})
        colors = [
            {"brightness": b, "contrast": c, "lumaFlip": bool(l), "hue": h, "saturation": s}
            for b, c, l, h, s in zip(reals(-0.4, 0.4), reals(0.5, 2), whole(0, 1), reals(-3, 3), reals(0.3, 3))
        ]
        yield record("color", color, images, options={"colors": colors})
        maps = [list(m) for m in zip([bool(v) for v in whole(0, 1)], reals(-0.1, 0.1), reals(0.9, 1.1))]
        yield record("classic", classic, images, options={"maps": maps, "factors": reals(0.9, 1.1)})


write("augmentations", "augmentations", list(cases()))
