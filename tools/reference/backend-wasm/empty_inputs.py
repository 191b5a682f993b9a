"""Reference for emptyInputs.test.ts: what numpy makes of arrays without elements.

    python3 tools/reference/backend-wasm/empty_inputs.py

writes packages/backend-wasm/fixtures/emptyInputs.json. Cases have the names of those in emptyInputs.testing.ts; a list
of results for operations with several. NaN and infinities are written as strings, an error as {"raises": its name}.
"""

import json
import pathlib

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def count(*shape, dtype=np.float64):
    """1, 2, 3, ..."""
    return np.arange(1, np.prod(shape, dtype=int) + 1).reshape(shape).astype(dtype)


def whole(*shape):
    return count(*shape, dtype=np.int32)


def truth(*shape):
    return count(*shape, dtype=bool)


def reductions(name, reduce, lowest=None):
    """`lowest`: by type, what numpy is told to start from where it has no identity of its own."""

    def along(x, axis, keepdims=False):
        start = {} if lowest is None else {"initial": lowest[x.dtype.kind]}
        return reduce(x, axis=axis, keepdims=keepdims, **start)

    return {
        f"{name} over an empty axis": lambda: along(count(3, 0, 2), 1),
        f"{name} over an empty axis that stays": lambda: along(count(3, 0, 2), 1, True),
        f"{name} over the first axis, which is empty": lambda: along(count(0, 5), 0),
        f"{name} over the last axis, which is empty": lambda: along(count(5, 0), 1),
        f"{name} over two empty axes": lambda: along(count(2, 0, 3, 0), (1, 3)),
        f"{name} of nothing at all": lambda: along(count(0, 4), None),
        f"{name} over an axis of an empty tensor": lambda: along(count(2, 3, 0), 1),
        f"{name} of no integers": lambda: along(whole(3, 0), 1),
        f"{name} of no truth values": lambda: along(truth(3, 0), 1),
    }


def positions(name, find):
    return {
        f"{name} over an empty axis": lambda: find(count(3, 0, 2), 1),
        f"{name} over an axis of an empty tensor": lambda: find(count(2, 3, 0), 1),
        f"{name} of one number": lambda: find(count(1), 0),
        f"{name} over a first axis of length 1": lambda: find(count(1, 3), 0),
        f"{name} over a last axis of length 1": lambda: find(count(3, 1), 1),
        f"{name} over a middle axis of length 1": lambda: find(count(2, 1, 3), 1),
        f"{name} of one integer": lambda: find(whole(1), 0),
        f"{name} of one truth value": lambda: find(truth(3, 1), 1),
    }


INT32 = np.iinfo(np.int32)


def softmax(x):
    e = np.exp(x)
    return e / e.sum(axis=-1, keepdims=True)


REDUCED = {
    **reductions("sum", np.sum),
    **reductions("prod", np.prod),
    **reductions("mean", np.mean),
    **reductions("max", np.max, {"f": -np.inf, "i": INT32.min, "b": False}),
    **reductions("min", np.min, {"f": np.inf, "i": INT32.max, "b": True}),
    **reductions("any", np.any),
    **reductions("all", np.all),
    **positions("argMax", np.argmax),
    **positions("argMin", np.argmin),
    "logSumExp": lambda: np.log(np.exp(count(3, 0)).sum(axis=1)),
    "norm": lambda: np.linalg.norm(count(3, 0), axis=1),
    "moments": lambda: [count(0, 3).mean(axis=0), count(0, 3).var(axis=0)],
    "cumsum along an empty axis": lambda: count(3, 0).cumsum(axis=1),
    "cumsum of nothing along another axis": lambda: count(3, 0).cumsum(axis=0),
    "cumprod along an empty axis": lambda: count(0, 3).cumprod(axis=0),
    "softmax of empty rows": lambda: softmax(count(3, 0)),
    "softmax of no rows": lambda: softmax(count(0, 3)),
    "logSoftmax of no rows": lambda: np.log(softmax(count(0, 3))),
    "topk of no rows": lambda: [np.sort(count(0, 3))[:, :2], np.argsort(count(0, 3))[:, :2]],
    "topk, none of each row": lambda: [np.sort(count(2, 3))[:, :0], np.argsort(count(2, 3))[:, :0]],
    "topk of empty rows": lambda: [np.sort(count(2, 0)), np.argsort(count(2, 0))],
}

ACTIVATIONS = {
    "linear": lambda y: y,
    "relu": lambda y: np.maximum(y, 0),
    "relu6": lambda y: np.clip(y, 0, 6),
    "leakyrelu": lambda y: np.where(y > 0, y, 0.25 * y),
    "elu": lambda y: np.where(y > 0, y, np.expm1(y)),
    "sigmoid": lambda y: 1 / (1 + np.exp(-y)),
    "prelu": lambda y: np.where(y > 0, y, 0.5 * y),
}


def fused(activation, n=2, inner=0, units=3):
    return ACTIVATIONS[activation](count(n, inner) @ count(inner, units) + count(units) - 2)


PRODUCTS = {
    "matMul without an inner dimension": lambda: count(3, 0) @ count(0, 2),
    "matMul without an inner dimension, both turned": lambda: count(0, 3).T @ count(2, 0).T,
    "matMul without an inner dimension, a batch": lambda: count(2, 3, 0) @ count(1, 0, 2),
    "matMul without rows": lambda: count(0, 3) @ count(3, 2),
    "matMul without columns": lambda: count(2, 3) @ count(3, 0),
    "matMul without a batch": lambda: count(0, 2, 3) @ count(0, 3, 2),
    "matMul of an empty batch with one": lambda: count(1, 2, 3) @ count(0, 3, 2),
    "dot of nothing": lambda: count(0) @ count(0),
    "outer product with nothing": lambda: np.outer(count(2), count(0)),
    "einsum without an inner dimension": lambda: np.einsum("ij,jk->ik", count(3, 0), count(0, 2)),
    **{f"fused {name}": lambda name=name: fused(name) for name in ACTIVATIONS},
    "fused without rows": lambda: fused("elu", 0, 4),
    "fused without units": lambda: fused("sigmoid", 2, 4, 0),
}

ELEMENTWISE = {
    "add of a row to nothing": lambda: count(0, 3) + count(1, 3),
    "multiply a column with nothing": lambda: count(2, 0) * count(2, 1),
    "subtract a number from nothing": lambda: count(0) - 1,
    "divide nothing by a vector": lambda: count(0, 3) / count(3),
    "pow of nothing": lambda: count(0) ** 2,
    "maximum of nothing and a number": lambda: np.maximum(count(2, 0), 1),
    "mod of integers": lambda: whole(0, 2) % whole(2),
    "floorDiv of integers": lambda: whole(0, 2) // whole(2),
    "greater of nothing": lambda: count(0, 3) > count(3),
    "logicalAnd of nothing": lambda: truth(0) & truth(1),
    "logicalNot of nothing": lambda: ~truth(0, 2),
    "where of nothing": lambda: np.where(truth(0, 2), count(0, 2), count(0, 2)),
    "where of no rows": lambda: np.where(truth(0, 1), count(0, 2), count(0, 2)),
    "prelu of nothing": lambda: np.where(count(0, 3) > 0, count(0, 3), count(0, 3) * count(1, 3)),
    "addN of nothing": lambda: count(0, 3) + count(0, 3) + count(0, 3),
    "exp of nothing": lambda: np.exp(count(0, 3)),
    "relu of nothing": lambda: np.maximum(count(3, 0), 0),
    "leakyRelu of nothing": lambda: np.maximum(count(3, 0), 0.2 * count(3, 0)),
    "isNaN of nothing": lambda: np.isnan(count(3, 0)),
    "clip of nothing": lambda: np.clip(count(3, 0), 0, 1),
    "cast of nothing to integers": lambda: count(3, 0).astype(np.int32),
    "cast of nothing to truth values": lambda: count(3, 0).astype(bool),
}


def depth_to_space(x, block):
    n, h, w, c = x.shape
    blocks = x.reshape(n, h, w, block, block, c // block**2)
    return blocks.transpose(0, 1, 3, 2, 4, 5).reshape(n, h * block, w * block, c // block**2)


MOVED = {
    "concat of nothing and something": lambda: np.concatenate([count(0, 3), count(2, 3)]),
    "concat of nothing between": lambda: np.concatenate([count(2, 1), count(2, 0), count(2, 2)], axis=1),
    "concat of nothing": lambda: np.concatenate([count(0, 2), count(0, 3)], axis=1),
    "stack of nothing": lambda: np.stack([count(0), count(0)], axis=1),
    "unstack of nothing": lambda: [count(0, 2)[:, 0], count(0, 2)[:, 1]],
    "split of nothing": lambda: np.split(count(0, 4), 2, axis=1),
    "split into nothing and all": lambda: np.split(count(2, 3), [0], axis=1),
    "slice of nothing": lambda: count(0, 3)[:, 1:],
    "slice to nothing": lambda: count(2, 3)[1:1, 1:],
    "slice at the end": lambda: count(2, 3)[2:],
    "stridedSlice of nothing": lambda: count(0, 4)[:, ::2],
    "stridedSlice to nothing": lambda: count(3, 4)[2:1, ::2],
    "tile of nothing": lambda: np.tile(count(0, 3), (2, 2)),
    "tile no times": lambda: np.tile(count(2, 3), (0, 2)),
    "transpose of nothing": lambda: count(2, 0, 3).transpose(2, 0, 1),
    "reverse of nothing": lambda: count(0, 3)[::-1],
    "reverse of nothing along another axis": lambda: count(0, 3)[:, ::-1],
    "flipLeftRight of no images": lambda: count(0, 2, 3, 1)[:, :, ::-1],
    "pad of nothing": lambda: np.pad(count(0, 2), ((1, 2), (1, 0)), constant_values=7),
    "pad of empty rows": lambda: np.pad(count(2, 0), ((0, 1), (1, 1)), constant_values=7),
    "mirrorPad of empty rows": lambda: np.pad(count(2, 0), ((1, 1), (0, 0)), mode="symmetric"),
    "expandDims of nothing": lambda: count(0)[:, None],
    "reshape of nothing": lambda: count(0, 3).reshape(3, 0, 5),
    "spaceToBatchND of no images": lambda: np.zeros((0 * 4, 2 // 2, 2 // 2, 3)),
    "batchToSpaceND of no images": lambda: np.zeros((0 // 4, 2 * 2, 2 * 2, 3)),
    "depthToSpace of no images": lambda: depth_to_space(count(0, 2, 2, 4), 2),
    "depthToSpace of empty images": lambda: depth_to_space(count(1, 0, 2, 4), 2),
    "fill of nothing": lambda: np.full((0, 3), 7),
    "onesLike of nothing": lambda: np.ones_like(count(0, 3)),
    "range of nothing": lambda: np.arange(2, 2),
    "eye of nothing": lambda: np.eye(0),
    "diag of nothing": lambda: np.diag(count(0)),
}


def added(shape, index, rows):
    out = np.zeros(shape)
    np.add.at(out, index, rows)
    return out


def updated(x, index, rows):
    x[index] = rows
    return x


NONE = np.zeros(0, dtype=int)

INDEXED = {
    "oneHot of nothing": lambda: np.eye(3)[NONE],
    "gather nothing": lambda: count(4, 3)[NONE],
    "gather nothing of nothing": lambda: count(0, 3)[NONE],
    "gather empty rows": lambda: count(4, 0)[[1, 2]],
    "gather from nothing": lambda: count(0, 3)[[1, 2]],
    "gather of no batches": lambda: np.take_along_axis(count(0, 4, 3), whole(0, 2)[:, :, None], axis=1),
    "gatherND nothing": lambda: count(2, 3)[NONE, NONE],
    "gatherND by empty indices": lambda: np.stack([count(2, 3)[()], count(2, 3)[()]]),
    "scatterND nothing": lambda: added((2, 3), NONE, count(0, 3)),
    "scatterND by empty indices": lambda: added((2, 3), (), count(2, 2, 3)[0]) + added((2, 3), (), count(2, 2, 3)[1]),
    "scatterND into nothing": lambda: added((2, 0), NONE, count(0, 0)),
    "tensorScatterUpdate nothing": lambda: updated(count(2, 3), NONE, count(0, 3)),
    "tensorScatterUpdate by empty indices": lambda: updated(count(2, 3), (), -count(1, 2, 3)[0]),
    "sparseToDense nothing": lambda: updated(np.full(3, 7), NONE, count(0)),
    "unsortedSegmentSum of nothing": lambda: added((2, 3), NONE, count(0, 3)),
    "unsortedSegmentSum to nothing": lambda: np.zeros((0, 3)),
    "unsortedSegmentSum of empty rows": lambda: added((4, 0), [1, 2], count(2, 0)),
}


def windows(x, size, stride, before, after):
    """[n, rows, columns, channels, size, size] of x with a border of zeros."""
    border = (before, after)
    padded = np.pad(x, ((0, 0), border, border, (0, 0)))
    return sliding_window_view(padded, (size, size), axis=(1, 2))[:, ::stride, ::stride]


def conv(x, w, stride, before, after):
    return np.einsum("nhwcij,ijco->nhwo", windows(x, len(w), stride, before, after), w)


def depthwise(x, w, before, after):
    y = np.einsum("nhwcij,ijcm->nhwcm", windows(x, len(w), 1, before, after), w)
    return y.reshape(*y.shape[:3], w.shape[2] * w.shape[3])


def conv_transpose(x, w, stride):
    n, h, wide, _ = x.shape
    size = len(w)
    out = np.zeros((n, h * stride + size, wide * stride + size, w.shape[2]))
    for i in range(size):
        for j in range(size):
            out[:, i : i + h * stride : stride, j : j + wide * stride : stride] += x @ w[i, j].T
    return out[:, : h * stride, : wide * stride]


def pool(x, reduce):
    """Windows of 2x2 over images without rows: nothing is in them."""
    return np.stack([reduce(x[:, :, a:b], axis=(1, 2)) for a, b in ((0, 1), (1, 2))], axis=1)[:, None]


def nearest(x, size):
    rows, columns = [np.arange(to) * length // to for to, length in zip(size, x.shape[1:3])]
    return x[:, rows][:, :, columns]


def batch_norm(x, mean, variance, offset, scale):
    return (x - mean) / np.sqrt(variance + 1e-3) * scale + offset


IMAGES = {
    "conv2d of no images": lambda: conv(count(0, 4, 4, 2), count(3, 3, 2, 5), 1, 1, 1),
    "conv2d of no channels": lambda: conv(count(1, 4, 4, 0), count(3, 3, 0, 2), 2, 0, 1),
    "conv2d to no channels": lambda: conv(count(1, 4, 4, 2), count(3, 3, 2, 0), 1, 0, 0),
    "conv2d of empty images": lambda: np.zeros((1, 0, 4, 2)),
    "conv2d of empty images, padded": lambda: conv(count(1, 0, 2, 1), count(2, 2, 1, 1), 1, 1, 1),
    "fused conv2d of no channels": lambda: ACTIVATIONS["leakyrelu"](np.zeros((1, 4, 4, 3)) + count(3) - 2),
    "fused conv2d of no channels, elu": lambda: ACTIVATIONS["elu"](np.zeros((1, 4, 4, 3)) + count(3) - 2),
    "fused conv2d of empty images": lambda: np.zeros((1, 0, 0, 3)),
    "conv2dTranspose of no images": lambda: conv_transpose(count(0, 4, 4, 2), count(3, 3, 5, 2), 2),
    "conv2dTranspose of no channels": lambda: conv_transpose(count(1, 2, 2, 0), count(3, 3, 5, 0), 2),
    "conv2d, gradient of the filter without images": lambda: np.einsum(
        "nhwcij,nhwo->ijco", windows(count(0, 4, 4, 2), 3, 1, 1, 1), count(0, 4, 4, 3)
    ),
    "depthwiseConv2d of no images": lambda: depthwise(count(0, 4, 4, 2), count(3, 3, 2, 2), 1, 1),
    "depthwiseConv2d of no channels": lambda: depthwise(count(1, 4, 4, 0), count(3, 3, 0, 2), 1, 1),
    "depthwiseConv2d to no channels": lambda: depthwise(count(1, 4, 4, 2), count(3, 3, 2, 0), 1, 1),
    "depthwiseConv2d, gradient of the filter without images": lambda: np.einsum(
        "nhwcij,nhwcm->ijcm", windows(count(0, 4, 4, 2), 3, 1, 1, 1), count(0, 4, 4, 2, 2)
    ),
    **{
        f"{name}Pool of {what}": lambda shape=shape: np.zeros(shape)
        for name in ("avg", "max")
        for what, shape in {
            "no images": (0, 2, 2, 2),
            "no channels": (1, 2, 2, 0),
            "empty images": (1, 0, 2, 2),
        }.items()
    },
    "avgPool of empty images, padded": lambda: pool(count(1, 0, 2, 1), np.mean),
    "maxPool of empty images, padded": lambda: pool(
        count(1, 0, 2, 1), lambda x, axis: np.max(x, axis=axis, initial=-np.inf)
    ),
    "maxPoolWithArgmax of no images": lambda: [np.zeros((0, 2, 2, 2)), np.zeros((0, 2, 2, 2))],
    "avgPool, gradient without images": lambda: np.zeros((0, 4, 4, 2)),
    "maxPool, gradient without images": lambda: np.zeros((0, 4, 4, 2)),
    # Which of two neighbours is taken, or how they mix, matters to no image here.
    **{
        f"{name} {what}": lambda shape=shape, size=size: nearest(count(*shape), size)
        for name in ("nearest neighbour", "bilinear")
        for what, shape, size in (
            ("of no images", (0, 2, 2, 3), (4, 4)),
            ("of no channels", (1, 2, 2, 0), (4, 4)),
            ("to nothing", (1, 2, 2, 3), (0, 4)),
            ("of images without rows", (1, 0, 2, 3), (4, 4)),
            ("of images without columns", (1, 2, 0, 3), (4, 4)),
        )
    },
    **{
        f"{name}, gradient of {what}": lambda shape=shape: np.zeros(shape)
        for name in ("nearest neighbour", "bilinear")
        for what, shape in {"no images": (0, 2, 2, 3), "images shrunk to nothing": (1, 2, 2, 3)}.items()
    },
    **{
        f"{name}, gradient of images without rows": lambda: added((1, 0, 2, 3), np.s_[:, [0, 0, 0, 0]], 1)
        for name in ("nearest neighbour", "bilinear")
    },
    "batchNorm of no rows": lambda: batch_norm(count(0, 3), *[count(3)] * 4),
    "batchNorm of no channels": lambda: batch_norm(count(2, 0), *[count(0)] * 4),
    "batchNorm, gradients without rows": lambda: [np.zeros((0, 3)), count(0, 3).sum(axis=0), count(0, 3).sum(axis=0)],
    "leaky ReLU, gradient of nothing": lambda: np.where(count(0, 3) > 0, count(0, 3), 0.2 * count(0, 3)),
    "upfirdn of no images": lambda: np.zeros((0, 3, 3, 2)),
    "upfirdn of no channels": lambda: np.zeros((1, 3, 3, 0)),
    "upfirdn of images without rows, padded": lambda: conv(count(1, 0, 2, 1), count(2, 2, 1, 1), 1, 1, 1),
}


def encoded(x):
    x = np.asarray(x)
    numbers = [float(v) for v in x.ravel()]
    words = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
    return {"shape": list(x.shape), "values": [v if np.isfinite(v) else words[str(v)] for v in numbers]}


def result(compute):
    try:
        with np.errstate(all="ignore"):
            y = compute()
    except (ValueError, IndexError) as error:
        return {"raises": type(error).__name__}
    return [encoded(part) for part in (y if isinstance(y, list) else [y])]


FAMILIES = {
    "reduced": REDUCED,
    "products": PRODUCTS,
    "elementwise": ELEMENTWISE,
    "moved": MOVED,
    "indexed": INDEXED,
    "images": IMAGES,
}

out = pathlib.Path(__file__).parents[3] / "packages/backend-wasm/fixtures/emptyInputs.json"
out.parent.mkdir(exist_ok=True)
families = {family: {name: result(f) for name, f in cases.items()} for family, cases in FAMILIES.items()}
out.write_text(json.dumps({"versions": {"numpy": np.__version__}, **families}, separators=(",", ":")) + "\n")
