"""Self-attention, residual blocks and the steps of a U-Net."""

import torch
import torch.nn.functional as F

from reference import case, dump, nchw, nhwc, normal, oihw, write
from spectral_norm import normalized

torch.manual_seed(8)


def conv(x, kernel, bias=None, u=None):
    """3x3 or 1x1 with same padding, on [n, c, h, w], spectrally normalized where u is given."""
    weight = oihw(kernel)
    if u is not None:
        weight, _ = normalized(weight, weight.reshape(len(u), -1), u, 1)
    return F.conv2d(x, weight, bias, padding=kernel.shape[0] // 2)


def attention(pool, us):
    def f(xs, ws):
        *kernels, gamma = ws
        x = nchw(xs[0])
        n, c, h, w = x.shape
        theta, phi, g = (conv(x, k, u=u) for k, u in zip(kernels[:3], us[:3]))
        if pool:
            phi, g = F.max_pool2d(phi, 2), F.max_pool2d(g, 2)
        flat = lambda t: t.flatten(2).transpose(1, 2)
        weights = torch.softmax(flat(theta) @ flat(phi).transpose(1, 2), -1)
        out = (weights @ flat(g)).transpose(1, 2).reshape(n, -1, h, w)
        return nhwc(x + gamma * conv(out, kernels[3], u=us[3]))

    return f


def with_vectors(result, us):
    result["vectors"] = [dump(u) for u in us if u is not None]
    return result


cases = []
for shape, keys, values, pool, spectral in [
    ((2, 4, 4, 8), None, None, True, False),
    ((1, 2, 4, 4), 2, 3, True, True),
    ((2, 3, 2, 3), 2, 3, False, False),
]:
    c = shape[-1]
    k, v = keys or c // 8, values or c // 2
    weights = [normal(1, 1, c, k), normal(1, 1, c, k), normal(1, 1, c, v), normal(1, 1, v, c), normal(shift=0.7)]
    us = [normal(k), normal(k), normal(v), normal(c)] if spectral else [None] * 4
    config = {"keyChannels": keys, "valueChannels": values, "pool": pool, "spectralNorm": spectral}
    cases.append(with_vectors(case(attention(pool, us), [normal(*shape)], weights, config), us))
write("selfAttention", cases)


def residual(c, us):
    """Weights in the order of the layer: [norm_1], conv_1, [norm_2], conv_2, [shortcut]."""
    act = lambda t: F.leaky_relu(t, c["slope"])

    def f(xs, ws):
        queue, vectors = list(ws), list(us)
        x = nchw(xs[0])

        def norm(t):
            if c["normalization"] is None:
                return t
            gamma, beta = queue.pop(0), queue.pop(0)
            if c["normalization"] == "instance":
                return F.instance_norm(t, weight=gamma, bias=beta, eps=1e-5)
            t = F.batch_norm(t, None, None, training=True, eps=1e-5)
            return t * gamma[xs[1]][:, :, None, None] + beta[xs[1]][:, :, None, None]

        def convolve(t):
            return conv(t, queue.pop(0), queue.pop(0), vectors.pop(0) if vectors else None)

        up = lambda t: F.interpolate(t, scale_factor=2, mode="nearest") if c["resample"] == "up" else t
        down = lambda t: F.avg_pool2d(t, 2) if c["resample"] == "down" else t
        h = act(norm(x)) if c["preactivation"] else x
        h = convolve(up(h))
        h = down(convolve(act(norm(h))))
        return nhwc(h + (down(convolve(up(x))) if queue else x))

    return f


cases = []
for shape, filters, hidden, resample, pre, normalization, slope, spectral in [
    ((2, 3, 2, 3), 2, None, "up", True, "conditionalBatch", 0.0, False),
    ((2, 4, 2, 2), 3, None, "down", True, None, 0.0, True),
    ((1, 4, 4, 3), 2, 3, "down", False, None, 0.2, False),
    ((2, 3, 3, 2), 2, None, "none", True, "instance", 0.2, False),
    ((1, 3, 4, 2), 3, 2, "none", True, None, 0.0, False),
]:
    c, mid = shape[-1], hidden or filters
    classes = 3
    config = {
        "filters": filters,
        "hiddenFilters": hidden,
        "resample": resample,
        "preactivation": pre,
        "normalization": normalization,
        "slope": slope,
        "spectralNorm": spectral,
    }

    def affine(width):
        if normalization is None:
            return []
        rows = (classes, width) if normalization == "conditionalBatch" else (width,)
        return [normal(*rows, shift=1), normal(*rows)]

    weights = [*(affine(c) if pre else []), normal(3, 3, c, mid, scale=0.4), normal(mid)]
    weights += [*affine(mid), normal(3, 3, mid, filters, scale=0.4), normal(filters)]
    us = [normal(mid), normal(filters)] if spectral else []
    if c != filters or resample != "none":
        weights += [normal(1, 1, c, filters), normal(filters)]
        us += [normal(filters)] if spectral else []
    inputs = [normal(*shape)]
    if normalization == "conditionalBatch":
        inputs.append(torch.randint(classes, (shape[0],)))
    cases.append(with_vectors(case(residual(config, us), inputs, weights, config), us))
write("residualBlock", cases)


def unet_down(c):
    def f(xs, ws):
        x = nchw(xs[0])
        x = F.leaky_relu(x, 0.2) if c["activation"] else x
        y = F.conv2d(x, oihw(ws[0]), ws[1], stride=2, padding=1)
        return nhwc(F.instance_norm(y, weight=ws[2], bias=ws[3], eps=1e-5) if c["normalization"] else y)

    return f


cases = []
for shape, filters, activation, normalization in [
    ((2, 4, 4, 2), 3, True, True),
    ((1, 6, 4, 3), 2, False, False),
    ((2, 4, 8, 1), 2, True, False),
]:
    config = {"filters": filters, "activation": activation, "normalization": normalization}
    weights = [normal(4, 4, shape[-1], filters, scale=0.4), normal(filters)]
    weights += [normal(filters, shift=1), normal(filters)] if normalization else []
    cases.append(case(unet_down(config), [normal(*shape)], weights, config))
write("unetDown", cases)


def unet_up(c):
    def f(xs, ws):
        kernel = ws[0].permute(3, 2, 0, 1)  # [kh, kw, out, in] -> [in, out, kh, kw]
        y = F.conv_transpose2d(F.relu(nchw(xs[0])), kernel, ws[1], stride=2, padding=1)
        y = F.instance_norm(y, weight=ws[2], bias=ws[3], eps=1e-5) if c["normalization"] else y
        return torch.cat([nhwc(y), *xs[1:]], 3)

    return f


cases = []
for shape, filters, skip, normalization in [
    ((2, 2, 2, 3), 2, 2, True),
    ((1, 3, 2, 2), 3, 1, False),
    ((2, 2, 3, 2), 2, 0, False),
]:
    config = {"filters": filters, "normalization": normalization}
    n, h, w, c = shape
    inputs = [normal(*shape)] + ([normal(n, 2 * h, 2 * w, skip)] if skip else [])
    weights = [normal(4, 4, filters, c, scale=0.4), normal(filters)]
    weights += [normal(filters, shift=1), normal(filters)] if normalization else []
    cases.append(case(unet_up(config), inputs, weights, config))
write("unetUp", cases)
