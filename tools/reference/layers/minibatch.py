"""Minibatch discrimination and minibatch standard deviation."""

import torch

from reference import case, normal, write

torch.manual_seed(2)


def minibatch_discrimination(kernels, dimension):
    def f(xs, ws):
        m = (xs[0] @ ws[0]).reshape(-1, kernels, dimension)
        distances = (m[:, None] - m[None]).abs().sum(-1)
        return torch.cat([xs[0], torch.exp(-distances).sum(1)], 1)

    return f


cases = []
for n, a, b, c, repeat in [(4, 6, 5, 3, 1), (3, 4, 2, 2, 1), (6, 3, 1, 4, 1), (2, 3, 2, 2, 2)]:
    samples = normal(n, a).repeat(repeat, 1)  # repeated: a collapsed batch
    config = {"kernels": b, "kernelDimension": c}
    cases.append(case(minibatch_discrimination(b, c), [samples], [normal(a, b * c, scale=0.4)], config))
write("minibatchDiscrimination", cases)


def minibatch_std_dev(group, features):
    def f(xs, _):
        x = xs[0].permute(0, 3, 1, 2)
        n, c, h, w = x.shape
        g = min(group, n)
        y = x.reshape(g, n // g, features, c // features, h, w)
        y = (y - y.mean(0)).square().mean(0)
        y = (y + 1e-8).sqrt().mean((2, 3, 4))
        y = y.reshape(-1, features, 1, 1).repeat(g, 1, h, w)
        return torch.cat([x, y], 1).permute(0, 2, 3, 1)

    return f


write(
    "minibatchStdDev",
    [
        case(minibatch_std_dev(g, k), [normal(*s)], config={"groupSize": g, "features": k})
        for s, g, k in [((4, 2, 2, 3), 4, 1), ((6, 2, 3, 4), 3, 2), ((2, 4, 4, 2), 4, 1), ((8, 1, 1, 4), 4, 4)]
    ],
)
