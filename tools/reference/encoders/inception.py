"""Reference for inceptionV3.ts: the network that nsfwjs ships, run by PyTorch on a picture given by a formula."""

import base64
import json
import pathlib
import re
import subprocess

import numpy as np
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
root = pathlib.Path(__file__).parents[3] / "packages/encoders"
folder = root / "node_modules/nsfwjs/dist/models/inception_v3"


def exported(file):
    """What a file of the package exports, as JSON."""
    code = "process.stdout.write(JSON.stringify(require(process.argv[1])))"
    return json.loads(subprocess.run(["node", "-e", code, str(file)], capture_output=True, check=True).stdout)


model = exported(folder / "model.min.js")
parts = sorted(folder.glob("group1-*"), key=lambda path: int(re.search(r"shard(\d+)", path.name)[1]))
data = b"".join(base64.b64decode(exported(part)) for part in parts)

weights = {}
offset = 0
for spec in (spec for group in model["weightsManifest"] for spec in group["weights"]):
    quantization, size = spec["quantization"], int(np.prod(spec["shape"]))
    assert quantization["dtype"] == "uint8"
    values = np.frombuffer(data, np.uint8, size, offset) * quantization["scale"] + quantization["min"]
    weights[spec["name"]] = torch.tensor(values.reshape(spec["shape"]), dtype=torch.float32)
    offset += size
assert offset == len(data)


def padding_of(size, kernel, stride, mode):
    """TensorFlow's padding before and after."""
    total = max(0, (-(-size // stride) - 1) * stride + kernel - size) if mode == "same" else 0
    return total // 2, total - total // 2


def padded(x, kernel, strides, mode, value=0.0):
    top, bottom = padding_of(x.shape[2], kernel[0], strides[0], mode)
    left, right = padding_of(x.shape[3], kernel[1], strides[1], mode)
    return F.pad(x, (left, right, top, bottom), value=value)


def apply(kind, name, config, inputs):
    x = inputs[0]
    if kind == "Conv2D":
        kernel = weights[f"{name}/kernel"].permute(3, 2, 0, 1)
        return F.conv2d(padded(x, config["kernel_size"], config["strides"], config["padding"]), kernel, stride=config["strides"])
    if kind == "BatchNormalization":
        mean, variance = weights[f"{name}/moving_mean"], weights[f"{name}/moving_variance"]
        gamma = weights.get(f"{name}/gamma")
        return F.batch_norm(x, mean, variance, gamma, weights[f"{name}/beta"], eps=config["epsilon"])
    if kind == "Activation":
        assert config["activation"] == "relu"
        return F.relu(x)
    if kind == "MaxPooling2D":
        x = padded(x, config["pool_size"], config["strides"], config["padding"], float("-inf"))
        return F.max_pool2d(x, config["pool_size"], config["strides"])
    if kind == "AveragePooling2D":
        window, strides, mode = config["pool_size"], config["strides"], config["padding"]
        total = F.avg_pool2d(padded(x, window, strides, mode), window, strides)
        count = F.avg_pool2d(padded(torch.ones_like(x), window, strides, mode), window, strides)
        return total / count
    assert kind == "Concatenate", kind
    return torch.cat(inputs, 1)


def run(image, last):
    outputs = {}
    for layer in model["modelTopology"]["model_config"]["config"]["layers"]:
        name, kind = layer["name"], layer["class_name"]
        inputs = [outputs[node[0]] for node in layer["inbound_nodes"][0]] if layer["inbound_nodes"] else []
        outputs[name] = image if kind == "InputLayer" else apply(kind, name, layer["config"], inputs)
        if name == last:
            return outputs
    raise ValueError(last)


side = 40
y, x, c = np.meshgrid(np.arange(side), np.arange(side), np.arange(3), indexing="ij")
image = np.sin(0.3 * x + 0.2 * y * c) * np.cos(0.05 * x * y) * 0.9
unit = torch.tensor((image + 1) / 2, dtype=torch.float32).permute(2, 0, 1)[None]
large = lambda size: F.interpolate(unit, (size, size), mode="bilinear", align_corners=False)

pooled = run(large(299), "mixed10")["mixed10"].mean((2, 3))[0]
between = run(large(128), "mixed5")
maps = {}
for name in ["activation_3", "activation_5", "mixed2", "mixed5"]:
    values = between[name][0].permute(1, 2, 0)
    maps[name] = {"shape": list(values.shape), "mean": values.mean().item(), "norm": values.norm().item(), "centre": values[values.shape[0] // 2, values.shape[1] // 2, :8].tolist()}

out = root / "fixtures/inception.json"
out.write_text(json.dumps({"torch": torch.__version__, "nsfwjs": "4.4.0", "side": side, "pooled": pooled[:16].tolist(), "mean": pooled.mean().item(), "norm": pooled.norm().item(), "maps": maps}))
print(pooled[:8], {k: (v["shape"], v["mean"]) for k, v in maps.items()})
