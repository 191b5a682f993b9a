"""Gradient penalty through conv -> leakyReLU -> conv -> dense -> tanh, with PyTorch's create_graph=True.

    /usr/bin/python3 tools/reference/autodiff/gradient_penalty.py

Writes packages/autodiff/fixtures/gradientPenalty.json. Computed in double precision; images and weights are
written in the layouts of TensorFlow.js (NHWC, HWIO).
"""

import json
import pathlib
import platform

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
SLOPE = 0.2
LAMBDA = 10.0
OUT = pathlib.Path(__file__).parents[3] / "packages/autodiff/fixtures/gradientPenalty.json"

# batch, size, image channels, first filters, first kernel, first stride, second filters
SHAPES = [(2, 8, 3, 4, 4, 2, 5), (3, 5, 1, 3, 3, 1, 2), (1, 6, 2, 2, 3, 2, 3)]


def same_padding(size, kernel, stride):
    """TensorFlow's 'same': the extra pixel goes to the end."""
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def conv_same(x, filter_hwio, bias, stride):
    kernel = filter_hwio.permute(3, 2, 0, 1)
    top, bottom = same_padding(x.shape[2], kernel.shape[2], stride)
    left, right = same_padding(x.shape[3], kernel.shape[3], stride)
    return F.conv2d(F.pad(x, (left, right, top, bottom)), kernel, bias, stride=stride)


def critic(images_nhwc, weights, stride):
    h = conv_same(images_nhwc.permute(0, 3, 1, 2), weights["filter1"], weights["bias1"], stride)
    h = F.leaky_relu(h, SLOPE)
    h = conv_same(h, weights["filter2"], weights["bias2"], 1)
    h = h.permute(0, 2, 3, 1).flatten(1)
    return torch.tanh(h @ weights["dense"] + weights["biasDense"])


def case(seed, batch, size, channels, filters, kernel, stride, filters2):
    generator = torch.Generator().manual_seed(seed)

    def draw(*shape, scale):
        # Rounded to float32, so that both sides start from the same numbers.
        return (torch.randn(*shape, generator=generator) * scale).double()

    reduced = -(-size // stride)
    images = draw(batch, size, size, channels, scale=0.7)
    weights = {
        "filter1": draw(kernel, kernel, channels, filters, scale=0.3),
        "bias1": draw(filters, scale=0.1),
        "filter2": draw(3, 3, filters, filters2, scale=0.3),
        "bias2": draw(filters2, scale=0.1),
        "dense": draw(reduced * reduced * filters2, 1, scale=0.2),
        "biasDense": draw(1, scale=0.1),
    }
    for tensor in weights.values():
        tensor.requires_grad_(True)
    x = images.clone().requires_grad_(True)
    scores = critic(x, weights, stride)
    (gradient,) = torch.autograd.grad(scores.sum(), x, create_graph=True)
    norms = gradient.flatten(1).norm(dim=1)
    penalty = LAMBDA * ((norms - 1) ** 2).mean()
    derivatives = torch.autograd.grad(penalty, list(weights.values()))
    return {
        "stride": stride,
        "images": pack(images),
        "weights": {name: pack(value) for name, value in weights.items()},
        "scores": pack(scores),
        "gradient": pack(gradient),
        "penalty": penalty.item(),
        "penaltyGradients": {name: pack(value) for name, value in zip(weights, derivatives)},
    }


def pack(tensor):
    values = [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]
    return {"shape": list(tensor.shape), "values": values}


def main():
    fixture = {
        "script": "tools/reference/autodiff/gradient_penalty.py",
        "versions": {"torch": str(torch.__version__), "python": platform.python_version()},
        "slope": SLOPE,
        "lambda": LAMBDA,
        "cases": [case(seed, *shape) for seed, shape in enumerate(SHAPES)],
    }
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(fixture) + "\n")
    print(OUT, OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
