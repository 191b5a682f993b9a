"""Records a function's value and gradients as a case of a fixture."""

import json
import pathlib
import platform

import numpy as np
import torch

torch.set_num_threads(1)
PACKAGES = pathlib.Path(__file__).parents[3] / "packages"


def normal(generator, *shape, scale=1.0):
    """Normal random numbers that float32 represents exactly, as float64."""
    return (torch.randn(*shape, generator=generator) * scale).double()


def uniform(generator, *shape, low=0.0, high=1.0):
    """Uniform random numbers that float32 represents exactly, as float64."""
    return (torch.rand(*shape, generator=generator) * (high - low) + low).double()


def seeded(seed):
    return torch.Generator().manual_seed(seed)


def record(name, f, inputs, gradients=None, options=None):
    """
    One case: f(**inputs, **options) and the gradient of <f, probe> with respect to the inputs named in `gradients`
    (by default all that are floats). probe_i = cos(i), which is 1 for a scalar f.
    """
    options = options or {}
    wanted = [k for k, x in inputs.items() if x.is_floating_point()] if gradients is None else gradients
    leaves = {k: x.clone().requires_grad_(k in wanted) for k, x in inputs.items()}
    out = f(**leaves, **options)
    case = {
        "function": name,
        "options": options,
        "inputs": {k: tensor(x) for k, x in inputs.items()},
        "value": tensor(out),
        "gradients": {},
    }
    if wanted:
        probe = torch.cos(torch.arange(out.numel(), dtype=torch.float64)).reshape(out.shape)
        (out * probe).sum().backward()
        for k in wanted:
            assert leaves[k].grad is not None, f"{name} does not depend on {k}"
            case["gradients"][k] = numbers(leaves[k].grad)
    return case


def one_by_one(f, *batched):
    """f under the reduction 'none': its value for each sample alone. `batched` names the inputs that hold samples."""

    def each(reduction, **inputs):
        count = len(inputs[batched[0]])
        rows = lambda i: {k: x[i : i + 1] if k in batched else x for k, x in inputs.items()}
        return torch.stack([f(**rows(i)) for i in range(count)])

    return each


def mean_of_rows(x):
    """The mean of each sample: [N]."""
    return x.reshape(len(x), -1).mean(1)


def tensor(x):
    values = x.detach()
    kind = "float32" if x.is_floating_point() else "int32"
    return {"shape": list(x.shape), "dtype": kind, "values": numbers(values)}


def numbers(x):
    """Shortest decimals that float32 cannot tell from the value."""
    flat = x.detach().double().reshape(-1).tolist()
    return [int(v) if v == int(v) else float(str(np.float32(v))) for v in flat]


def write(package, name, cases):
    versions = {"python": platform.python_version(), "torch": torch.__version__, "numpy": np.__version__}
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    text = f'{{"versions":{json.dumps(versions)},"cases":[\n{lines}\n]}}\n'
    (PACKAGES / package / "fixtures" / f"{name}.json").write_text(text)
    print(f"{package}/{name}: {len(cases)} cases, {len(text)} bytes")
