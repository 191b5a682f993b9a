"""upfirdn2d, FIR resampling, nearest upsampling, reflection padding, pixel shuffle."""

import torch
import torch.nn.functional as F

from reference import case, nchw, nhwc, normal, write

torch.manual_seed(4)


def upfirdn2d(x, taps, up=1, down=1, padding=(0, 0), gain=1.0):
    """On [n, c, h, w], by definition: zeros in between, padding, true convolution, every down-th sample."""
    n, c, h, w = x.shape
    grid = torch.outer(taps, taps) if taps.dim() == 1 else taps
    spread = torch.zeros(n, c, h, up, w, up).index_put(
        tuple(torch.meshgrid(*[torch.arange(k) for k in (n, c, h)], torch.tensor([0]), torch.arange(w), torch.tensor([0]), indexing="ij")),
        x.reshape(n, c, h, 1, w, 1),
    )
    z = F.pad(spread.reshape(n, c, h * up, w * up), [padding[0], padding[1]] * 2)
    kernel = (grid * gain).flip([0, 1])[None, None].repeat(c, 1, 1, 1)
    return F.conv2d(z, kernel, groups=c)[:, :, ::down, ::down]


def upfirdn_case(shape, taps, **options):
    def f(xs, _):
        return nhwc(upfirdn2d(nchw(xs[0]), taps, **options))

    return case(f, [normal(*shape)], config={"filter": taps.tolist(), **options}, penalty=False)


if __name__ == "__main__":
    asymmetric = torch.tensor([0.1, 0.5, -0.3, 0.7, 0.2])
    write(
        "upfirdn2d",
        [
            upfirdn_case((2, 4, 5, 2), torch.tensor([1.0, 3, 3, 1]), up=2, padding=(2, 1), gain=4.0),
            upfirdn_case((1, 6, 7, 3), torch.tensor([1.0, 3, 3, 1]), down=2, padding=(1, 1)),
            upfirdn_case((1, 5, 4, 2), asymmetric, up=3, down=2, padding=(4, -1), gain=1.5),
            upfirdn_case((2, 5, 6, 1), torch.randn(3, 3).float().double(), up=2, down=1, padding=(1, 3)),
            upfirdn_case((1, 9, 8, 2), asymmetric, down=3, padding=(-1, 2)),
        ],
    )

    def fir(up, down, taps):
        low = torch.tensor(taps) / sum(taps)
        n = len(taps)
        padding = ((n - down + 1) // 2, (n - down) // 2) if down > 1 else ((n + up - 1) // 2, (n - up) // 2)
        return lambda xs, _: nhwc(upfirdn2d(nchw(xs[0]), low, up, down, padding, up * up))

    write(
        "firResample",
        [
            case(fir(u, d, t), [normal(*s)], config={"up": u, "down": d, "filter": t})
            for s, u, d, t in [
                ((2, 4, 4, 2), 2, 1, [1.0, 3.0, 3.0, 1.0]),
                ((1, 6, 4, 3), 1, 2, [1.0, 3.0, 3.0, 1.0]),
                ((2, 5, 3, 2), 1, 1, [1.0, 2.0, 1.0]),
                ((1, 3, 4, 2), 3, 1, [1.0, 2.0, 3.0, 2.0, 1.0]),
            ]
        ],
    )

    def nearest(size):
        return lambda xs, _: nhwc(F.interpolate(nchw(xs[0]), scale_factor=size, mode="nearest"))

    write(
        "nearestUpsampling2d",
        [
            case(nearest(k), [normal(*s)], config={"size": k})
            for s, k in [((3, 2, 3, 2), 2), ((2, 3, 1, 4), 3), ((1, 4, 4, 1), 2)]
        ],
    )

    def reflect(p):
        (top, bottom), (left, right) = p
        return lambda xs, _: nhwc(F.pad(nchw(xs[0]), [left, right, top, bottom], mode="reflect"))

    write(
        "reflectionPadding2d",
        [
            case(reflect(p), [normal(*s)], config={"padding": p})
            for s, p in [
                ((2, 3, 4, 2), [[1, 1], [1, 1]]),
                ((1, 5, 4, 3), [[3, 3], [3, 3]]),
                ((2, 4, 3, 1), [[0, 2], [1, 0]]),
            ]
        ],
    )

    def shuffle(r, order):
        def tensorflow(x):  # [n, h, w, r, r, c]
            n, h, w, depth = x.shape
            c = depth // r**2
            y = x.reshape(n, h, w, r, r, c)
            return torch.stack(
                [torch.stack([y[:, i // r, j // r, i % r, j % r] for j in range(w * r)], 1) for i in range(h * r)], 1
            )

        if order == "tensorflow":
            return lambda xs, _: tensorflow(xs[0])
        return lambda xs, _: nhwc(F.pixel_shuffle(nchw(xs[0]), r))

    write(
        "pixelShuffle",
        [
            case(shuffle(r, order), [normal(*s)], config={"scale": r, "order": order})
            for order in ("pytorch", "tensorflow")
            for s, r in [((2, 2, 3, 8), 2), ((1, 2, 2, 18), 3), ((3, 1, 2, 4), 2)]
        ],
    )
