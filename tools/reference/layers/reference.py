"""Shared by the reference scripts of @ganjs/layers: evaluates a PyTorch function in float64 and writes its
value, its gradients and the gradients of a gradient penalty as a JSON fixture.

    y = f(inputs, weights)
    gradients:  d <y, cotangent> / d (inputs, weights)
    penalty:    P = sum of (d <y, cotangent> / d inputs[0])^2;  d P / d (inputs, weights)

Tensors are laid out as TensorFlow does: images [n, h, w, c], kernels [kh, kw, in, out].
Run every other script of this folder, e.g. `python3 minibatch.py`; the seeds are fixed.
"""

import json
import platform
from pathlib import Path

import torch

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)

FIXTURES = Path(__file__).resolve().parents[3] / "packages" / "layers" / "fixtures"


def nchw(x):
    return x.permute(0, 3, 1, 2)


def nhwc(x):
    return x.permute(0, 2, 3, 1)


def oihw(kernel):
    """[kh, kw, in, out] -> [out, in, kh, kw]"""
    return kernel.permute(3, 2, 0, 1)


def single(x):
    """Rounds to float32, so that both sides compute from the same numbers."""
    return x.detach().to(torch.float32).to(torch.float64)


def normal(*shape, scale=1.0, shift=0.0):
    return single(torch.randn(shape) * scale + shift)


def dump(x):
    """Integers are marked, as they have no gradient."""
    shape = list(x.shape)
    if not x.is_floating_point():
        return {"shape": shape, "dtype": "int32", "values": x.reshape(-1).tolist()}
    return {"shape": shape, "values": [float(f"{v:.9g}") for v in x.detach().reshape(-1).tolist()]}


def grads(y, xs):
    gradients = torch.autograd.grad(y, xs, allow_unused=True) if y.requires_grad else [None] * len(xs)
    return [torch.zeros_like(x) if g is None else g for x, g in zip(xs, gradients)]


def case(f, inputs, weights=(), config=None, penalty=True):
    """One case of a fixture. Inputs of an integer type are constants (labels)."""
    config = config or {}
    xs = [x.clone().requires_grad_(x.is_floating_point()) for x in inputs]
    ws = [w.clone().requires_grad_(True) for w in weights]
    leaves = [x for x in xs if x.requires_grad] + ws
    y = f(xs, ws)
    cotangent = single(torch.randn_like(y))
    gradients = grads((y * cotangent).sum(), leaves)
    result = {
        "config": config,
        "inputs": [dump(x) for x in xs],
        "weights": [dump(w) for w in ws],
        "cotangent": dump(cotangent),
        "output": dump(y),
        "gradients": [dump(g) for g in gradients],
    }
    if penalty:
        inner = torch.autograd.grad((f(xs, ws) * cotangent).sum(), xs[0], create_graph=True)[0]
        result["penaltyGradients"] = [dump(g) for g in grads(inner.square().sum(), leaves)]
    return result


def write(name, cases):
    FIXTURES.mkdir(parents=True, exist_ok=True)
    versions = {"torch": torch.__version__, "python": platform.python_version()}
    path = FIXTURES / f"{name}.json"
    path.write_text(json.dumps({"versions": versions, "cases": cases}, separators=(",", ":")) + "\n")
    print(f"{path.name}: {len(cases)} cases, {path.stat().st_size / 1024:.0f} KiB")
