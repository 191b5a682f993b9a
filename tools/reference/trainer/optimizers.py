"""Weights after each of five steps of PyTorch's optimizers on fixed gradients.

    python3 tools/reference/trainer/optimizers.py > packages/trainer/fixtures/optimizers.json
"""

import json

import torch

torch.manual_seed(0)
start = torch.randn(3, 2)
gradients = [torch.randn(3, 2) * 10 ** (i - 2) for i in range(5)]

cases = {
    "adam": (torch.optim.Adam, {"lr": 2e-3, "betas": (0.5, 0.99), "eps": 1e-7}),
    "adam-defaults": (torch.optim.Adam, {"lr": 1e-3}),
    "rmsProp": (torch.optim.RMSprop, {"lr": 5e-3, "alpha": 0.9, "eps": 1e-6}),
    "rmsProp-defaults": (torch.optim.RMSprop, {"lr": 1e-3}),
    "sgd": (torch.optim.SGD, {"lr": 0.1}),
    "sgd-momentum": (torch.optim.SGD, {"lr": 0.1, "momentum": 0.7}),
}

results = {}
for name, (kind, options) in cases.items():
    weight = torch.nn.Parameter(start.clone())
    optimizer = kind([weight], **options)
    results[name] = []
    for gradient in gradients:
        weight.grad = gradient.clone()
        optimizer.step()
        results[name].append(weight.detach().flatten().tolist())

print(
    json.dumps(
        {
            "torch": torch.__version__,
            "start": start.flatten().tolist(),
            "gradients": [g.flatten().tolist() for g in gradients],
            "results": results,
        }
    )
)
