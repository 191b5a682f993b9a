"""What the reference steps share: weights in the order and layout of TensorFlow.js, and the file that holds a step."""
import json
import platform
import struct
from pathlib import Path

import numpy as np
import torch

FIXTURES = Path(__file__).parents[3] / "packages" / "variants" / "fixtures"


def start(seed):
    """Float64 on one thread: the rounding that is left is that of the tests."""
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(seed)


def initialize(*networks):
    """N(0, 0.02) kernels, N(1, 0.02) scales; biases and offsets are not 0, so that a test sees them. All are float32."""
    for module in (m for network in networks for m in network.modules()):
        for name, weight in module.named_parameters(recurse=False):
            scale = name == "weight" and weight.dim() == 1
            torch.nn.init.normal_(weight, 1.0 if scale else 0.0, 0.02)
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


def weights_of(network):
    """The trainable weights, module after module in the order of their definition."""
    return [
        (layout(weight), weight)
        for module in network.modules()
        for weight in module.parameters(recurse=False)
    ]


def images(batch):
    return batch.detach().permute(0, 2, 3, 1).numpy().astype(np.float32)


def record(name, players, data, step):
    """
    Plays one step and writes the file: a checkpoint of the networks before it, and beside it the data (`data/...`),
    the losses (`losses/...`), the gradients that the step followed (`gradients/...`) and the weights after it
    (`after/...`).
    """
    tensors = {f"data/{key}": np.asarray(value) for key, value in data.items()}
    for player, network in players.items():
        for i, (values, _) in enumerate(weights_of(network)):
            tensors[f"{player}/weights/{i}"] = values
    losses = step()
    for key, value in losses.items():
        tensors[f"losses/{key}"] = np.asarray(value.item(), np.float32)
    for player, network in players.items():
        for i, (values, weight) in enumerate(weights_of(network)):
            tensors[f"after/{player}/{i}"] = values
            tensors[f"gradients/{player}/{i}"] = layout(weight.grad)
    write(FIXTURES / f"{name}.safetensors", tensors)
    print(name, {key: round(value.item(), 6) for key, value in losses.items()})


def write(path, tensors):
    """The safetensors format, as @ganjs/trainer's decodeCheckpoint reads it."""
    versions = {"python": platform.python_version(), "torch": torch.__version__, "numpy": np.__version__}
    header = {
        "__metadata__": {
            "format": "ganjs-checkpoint-1",
            "state": json.dumps({"step": 0, "seed": 0, "counters": {}}),
            "versions": json.dumps(versions),
        }
    }
    body = b""
    for name, values in tensors.items():
        data = np.ascontiguousarray(values, np.float32).tobytes()
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)
