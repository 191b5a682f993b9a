"""What the reference steps share: weights in the order and layout of TensorFlow.js, and the file that holds a step."""
import json
import platform
import struct
from pathlib import Path

import numpy as np
import torch

FIXTURES = Path(__file__).parents[3] / "packages" / "variants" / "fixtures"

# What a checkpoint of @ganjs/trainer says of a run of one step that has not begun.
START = {
    "step": 0,
    "images": 0,
    "batch": 0,
    "seed": 0,
    "length": {"steps": 1, "since": 0, "done": 0},
    "counts": {},
    "state": {},
}


def start(seed):
    """Float64 on one thread: the rounding that is left is that of the tests."""
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(seed)


def initialize(*networks, deviation=0.02):
    """N(0, deviation²) kernels, N(1, deviation²) scales; biases and offsets are not 0, so that a test sees them."""
    for module in (m for network in networks for m in network.modules()):
        for name, weight in module.named_parameters(recurse=False):
            scale = name == "weight" and weight.dim() == 1
            torch.nn.init.normal_(weight, 1.0 if scale else 0.0, deviation)
            weight.data = weight.data.float().double()


def uniform(*shape):
    """Images in [-1, 1] that float32 holds exactly."""
    return (2 * torch.rand(*shape) - 1).float().double()


def layout(weight):
    """A parameter, or its gradient, as TensorFlow.js stores it."""
    if weight.dim() == 4:
        # Conv2d is [out, in, y, x], ConvTranspose2d [in, out, y, x]; there [y, x, in, out] and [y, x, out, in].
        weight = weight.permute(2, 3, 1, 0)
    elif weight.dim() == 2:
        weight = weight.t()
    return weight.detach().numpy().astype(np.float32)


def statistics_of(network):
    """The means and variances that batch norm starts from, where it keeps any: after the weights."""
    norms = [module for module in network.modules() if isinstance(module, torch.nn.modules.batchnorm._BatchNorm)]
    return [layout(values) for norm in norms for values in (norm.running_mean, norm.running_var)]


def images(batch):
    return batch.detach().permute(0, 2, 3, 1).numpy().astype(np.float32)


def record(name, players, data, step):
    """
    Plays one step and writes the file: a checkpoint of the networks before it, and beside it the data (`data/...`),
    the losses (`losses/...`), the gradients that the step followed last (`gradients/...`) and the weights after it
    (`after/...`). Weights are in the order in which the modules are defined.
    """
    tensors = {f"data/{key}": np.asarray(value) for key, value in data.items()}
    for player, network in players.items():
        weights = [layout(weight) for weight in network.parameters()]
        for i, values in enumerate([*weights, *statistics_of(network)]):
            tensors[f"{player}/weights/{i}"] = values
    losses = step()
    for key, value in losses.items():
        tensors[f"losses/{key}"] = np.asarray(value.item(), np.float32)
    for player, network in players.items():
        for i, weight in enumerate(network.parameters()):
            tensors[f"after/{player}/{i}"] = layout(weight)
            tensors[f"gradients/{player}/{i}"] = layout(weight.grad)
    write(FIXTURES / f"{name}.safetensors", tensors)
    print(name, {key: round(value.item(), 6) for key, value in losses.items()})


def write(path, tensors):
    """The safetensors format, as @ganjs/trainer's decodeCheckpoint reads it."""
    versions = {"python": platform.python_version(), "torch": torch.__version__, "numpy": np.__version__}
    header = {
        "__metadata__": {
            "format": "ganjs-checkpoint-2",
            "run": json.dumps(START, separators=(",", ":")),
            "versions": json.dumps(versions),
        }
    }
    body = b""
    for name, values in tensors.items():
        # Labels are the only whole numbers.
        dtype, kind = ("I32", np.int32) if values.dtype.kind == "i" else ("F32", np.float32)
        data = np.ascontiguousarray(values, kind).tobytes()
        header[name] = {"dtype": dtype, "shape": list(values.shape), "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)
