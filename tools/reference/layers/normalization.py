"""Pixel, instance, group, conditional batch, virtual batch and adaptive instance normalization."""

import torch
import torch.nn.functional as F

from reference import case, dump, nchw, nhwc, normal, write

torch.manual_seed(1)
SHAPES = [(2, 3, 5, 4), (3, 4, 4, 6), (1, 6, 2, 8)]


def pixel_norm(xs, _):
    return xs[0] * (xs[0].square().mean(-1, keepdim=True) + 1e-8).rsqrt()


write("pixelNorm", [case(pixel_norm, [normal(*s)]) for s in [*SHAPES, (4, 7)]])


def instance_norm(xs, ws):
    return nhwc(F.instance_norm(nchw(xs[0]), weight=ws[0], bias=ws[1], eps=1e-5))


write(
    "instanceNorm",
    [case(instance_norm, [normal(*s, shift=0.5)], [normal(s[-1]), normal(s[-1])]) for s in SHAPES],
)


def group_norm(groups):
    return lambda xs, ws: nhwc(F.group_norm(nchw(xs[0]), groups, ws[0], ws[1], eps=1e-5))


write(
    "groupNorm",
    [
        case(group_norm(g), [normal(*s, shift=0.5)], [normal(s[-1]), normal(s[-1])], {"groups": g})
        for s, g in zip(SHAPES, [2, 3, 1])
    ],
)


def ada_in(xs, _):
    x, style = xs
    scale, offset = style.chunk(2, dim=1)
    normalized = F.instance_norm(nchw(x), eps=1e-8)
    return nhwc(normalized * (scale[:, :, None, None] + 1) + offset[:, :, None, None])


write("adaIN", [case(ada_in, [normal(*s), normal(s[0], 2 * s[-1])]) for s in SHAPES])


def conditional_batch_norm(classes):
    def f(xs, ws):
        x, condition = xs
        gamma, beta = ws
        if classes:
            scale, offset = gamma[condition], beta[condition]
        else:
            scale, offset = 1 + condition @ gamma, condition @ beta
        normalized = F.batch_norm(nchw(x), None, None, training=True, eps=1e-5)
        return nhwc(normalized * scale[:, :, None, None] + offset[:, :, None, None])

    return f


cases = []
for s, classes in zip(SHAPES, [3, 5, 2]):
    labels = torch.randint(classes, (s[0],))
    tables = [normal(classes, s[-1], shift=1), normal(classes, s[-1])]
    cases.append(case(conditional_batch_norm(classes), [normal(*s), labels], tables, {"classes": classes}))
for s in SHAPES[:2]:
    matrices = [normal(3, s[-1], scale=0.5), normal(3, s[-1])]
    cases.append(case(conditional_batch_norm(None), [normal(*s), normal(s[0], 3)], matrices))
write("conditionalBatchNorm", cases)


def conditional_batch_norm_statistics():
    """Two training steps, then inference: how the moving statistics follow."""
    bn = torch.nn.BatchNorm2d(4, eps=1e-5, momentum=0.1, affine=False)
    batches = [normal(2, 3, 5, 4, scale=2, shift=1) for _ in range(3)]
    for x in batches[:2]:
        bn(nchw(x))
    bn.eval()
    return {
        "config": {},
        "inputs": [dump(x) for x in batches],
        "movingMean": dump(bn.running_mean),
        "movingVariance": dump(bn.running_var),
        "output": dump(nhwc(bn(nchw(batches[2])))),
    }


write("conditionalBatchNormStatistics", [conditional_batch_norm_statistics()])


def virtual_batch_norm(reference_size):
    def f(xs, ws):
        reference, samples = xs[0][:reference_size], xs[0][reference_size:]
        m, s = reference.mean((0, 1, 2)), reference.square().mean((0, 1, 2))
        c = 1 / (reference_size + 1)
        rows = [(reference - m) / (s - m.square() + 1e-5).sqrt()]
        for x in samples:
            mean = c * x.mean((0, 1)) + (1 - c) * m
            power = c * x.square().mean((0, 1)) + (1 - c) * s
            rows.append(((x - mean) / (power - mean.square() + 1e-5).sqrt())[None])
        return torch.cat(rows) * ws[0] + ws[1]

    return f


write(
    "virtualBatchNorm",
    [
        case(virtual_batch_norm(r), [normal(*s)], [normal(s[-1]), normal(s[-1])], {"referenceSize": r})
        for s, r in [((5, 2, 3, 2), 3), ((4, 3, 3, 3), 2), ((3, 4, 2, 2), 1)]
    ],
)
