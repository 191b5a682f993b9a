"""Equalized dense and convolution, modulated convolution, with and without FIR resampling."""

import torch
import torch.nn.functional as F

from reference import case, nchw, nhwc, normal, oihw, write
from resampling import upfirdn2d

torch.manual_seed(5)
FIR = torch.tensor([1.0, 3, 3, 1]) / 8


def convolve(x, kernel, resample, pad, taps=FIR, groups=1):
    """On [n, c, h, w] and [out, in, k, k]. Resampling by definition: the zero-spread image is filtered first."""
    n, k = len(taps), kernel.shape[-1]
    if resample == "up":
        before, after = (n + 1) // 2 + pad, (n - 2) // 2 + pad
        smooth = upfirdn2d(x, taps, up=2, padding=(before, after), gain=4)
        return F.conv2d(smooth, kernel.flip([2, 3]), groups=groups)
    if resample == "down":
        smooth = upfirdn2d(x, taps, padding=((n - 1) // 2 + pad, (n - 2) // 2 + pad))
        return F.conv2d(smooth, kernel, stride=2, groups=groups)
    return F.conv2d(x, kernel, padding=pad, groups=groups)


PAD = {"same": lambda k: k // 2, "valid": lambda k: 0, "full": lambda k: k - 1}


def equalized_dense(gain, m):
    return lambda xs, ws: xs[0] @ (ws[0] * gain * m / ws[0].shape[0] ** 0.5) + ws[1] * m


write(
    "equalizedDense",
    [
        case(
            equalized_dense(g, m),
            [normal(n, i)],
            [normal(i, o, scale=1 / m), normal(o)],
            {"units": o, "gain": g, "learningRateMultiplier": m},
        )
        for n, i, o, g, m in [(3, 4, 5, 2**0.5, 1.0), (2, 6, 2, 1.0, 0.01), (4, 1, 3, 0.5, 0.1)]
    ],
)


def equalized_conv(c):
    def f(xs, ws):
        k, _, i, _ = ws[0].shape
        m = c["learningRateMultiplier"]
        kernel = oihw(ws[0]) * c["gain"] * m / (k * k * i) ** 0.5
        y = convolve(nchw(xs[0]), kernel, c["resample"], PAD[c["padding"]](k))
        return nhwc(y) + ws[1] * m

    return f


cases = []
for shape, k, o, resample, padding, gain, m in [
    ((2, 4, 5, 3), 3, 2, "none", "same", 2**0.5, 1.0),
    ((1, 5, 4, 2), 3, 3, "none", "full", 1.0, 0.1),
    ((1, 5, 4, 2), 3, 2, "none", "valid", 1.0, 1.0),
    ((2, 3, 4, 2), 3, 3, "up", "same", 1.0, 1.0),
    ((1, 3, 2, 3), 1, 2, "up", "same", 1.0, 1.0),
    ((1, 3, 3, 2), 3, 2, "up", "full", 1.0, 1.0),
    ((2, 4, 6, 2), 3, 3, "down", "same", 1.0, 1.0),
    ((1, 4, 4, 3), 1, 2, "down", "same", 1.0, 1.0),
    ((1, 6, 6, 2), 5, 2, "down", "same", 1.0, 1.0),
]:
    config = {
        "filters": o,
        "kernelSize": k,
        "resample": resample,
        "padding": padding,
        "gain": gain,
        "learningRateMultiplier": m,
    }
    weights = [normal(k, k, shape[-1], o, scale=1 / m), normal(o)]
    cases.append(case(equalized_conv(config), [normal(*shape)], weights, config))
write("equalizedConv2d", cases)


def modulated_conv(c):
    """The fused form: one kernel a sample, as the grouped convolution of the paper."""

    def f(xs, ws):
        x, styles = xs
        k, _, i, o = ws[0].shape
        n = x.shape[0]
        kernel = oihw(ws[0]) / (k * k * i) ** 0.5
        kernels = kernel[None] * styles[:, None, :, None, None]
        if c["demodulate"]:
            kernels = kernels * (kernels.square().sum((2, 3, 4), keepdim=True) + 1e-8).rsqrt()
        grouped = nchw(x).reshape(1, n * i, *x.shape[1:3])
        y = convolve(grouped, kernels.reshape(n * o, i, k, k), c["resample"], PAD[c["padding"]](k), groups=n)
        return nhwc(y.reshape(n, o, *y.shape[2:])) + ws[1]

    return f


cases = []
for shape, k, o, resample, padding, demodulate in [
    ((2, 4, 3, 3), 3, 2, "none", "same", True),
    ((3, 3, 3, 2), 1, 3, "none", "same", False),
    ((2, 3, 4, 2), 3, 2, "up", "same", True),
    ((2, 4, 4, 2), 3, 2, "none", "full", True),
    ((2, 4, 4, 3), 3, 2, "down", "same", True),
]:
    config = {"filters": o, "kernelSize": k, "resample": resample, "padding": padding, "demodulate": demodulate}
    inputs = [normal(*shape), normal(shape[0], shape[-1], shift=1)]
    weights = [normal(k, k, shape[-1], o), normal(o)]
    cases.append(case(modulated_conv(config), inputs, weights, config))
write("modulatedConv2d", cases)
