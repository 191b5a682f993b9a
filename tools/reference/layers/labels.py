"""Label embedding, projection, constant input and noise injection."""

import torch

from reference import case, normal, write

torch.manual_seed(7)
SIZES = [(3, 4, 5), (2, 6, 3), (5, 2, 1)]

write(
    "labelEmbedding",
    [
        case(
            lambda xs, ws: ws[0][xs[0]],
            [torch.randint(k, (n,))],
            [normal(k, d)],
            {"classes": k, "units": d},
            penalty=False,
        )
        for n, k, d in SIZES
    ],
)

write(
    "projection",
    [
        case(
            lambda xs, ws: (xs[0] * ws[0][xs[1]]).sum(1, keepdim=True),
            [normal(n, d), torch.randint(k, (n,))],
            [normal(k, d)],
            {"classes": k},
        )
        for n, k, d in SIZES
    ],
)

write(
    "constantInput",
    [
        case(
            lambda xs, ws: ws[0].expand(len(xs[0]), -1, -1, -1) + 0 * xs[0].sum(),
            [normal(n, 2)],
            [normal(1, size, size, c)],
            {"size": size, "channels": c},
            penalty=False,
        )
        for n, size, c in [(3, 4, 2), (1, 2, 5), (4, 3, 1)]
    ],
)

write(
    "noiseInjection",
    [
        case(
            lambda xs, ws: xs[0] + xs[1] * ws[0],
            [normal(*s), normal(s[0], s[1], s[2], 1)],
            [normal(s[-1]) if per_channel else normal()],
            {"perChannel": per_channel},
        )
        for s, per_channel in [((2, 3, 4, 3), False), ((1, 4, 4, 2), True), ((3, 2, 2, 5), True)]
    ],
)
