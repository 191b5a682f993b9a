"""Low-pass filters, the filtered nonlinearity, Fourier features and the magnitude average of StyleGAN3."""

import numpy as np
import scipy
import scipy.signal
import scipy.special
import torch
import torch.nn.functional as F

from reference import case, dump, grads, nchw, nhwc, normal, single, write
from resampling import upfirdn2d

torch.manual_seed(6)


def radial(taps, cutoff, width, rate):
    x = (np.arange(taps) - (taps - 1) / 2) / rate
    r = np.hypot(*np.meshgrid(x, x))
    with np.errstate(invalid="ignore"):
        f = np.where(r == 0, cutoff, scipy.special.j1(2 * cutoff * np.pi * r) / (np.pi * r))
    window = np.kaiser(taps, scipy.signal.kaiser_beta(scipy.signal.kaiser_atten(taps, width / (rate / 2))))
    f = f * np.outer(window, window)
    return f / f.sum()


cases = []
for taps, cutoff, width, rate in [(12, 2, 12, 32), (24, 3.1748021, 9.6503958, 64), (12, 16, 7.3966, 64), (7, 1, 0.5, 8), (1, 1, 1, 4)]:
    fir = scipy.signal.firwin(taps, cutoff, width=width, fs=rate) if taps > 1 else np.ones(1)
    options = {"taps": taps, "cutoff": cutoff, "width": width, "rate": rate}
    entry = {"config": options, "taps": fir.tolist(), "scipy": scipy.__version__}
    if taps in (12, 7):
        entry["radial"] = radial(taps, cutoff, width, rate).tolist()
    cases.append(entry)
write("lowpassFilter", cases)


def filtered(c):
    up, down = (torch.tensor(c[k]) for k in ("upFilter", "downFilter"))

    def f(xs, _):
        y = upfirdn2d(nchw(xs[0]), up, up=c["up"], padding=c["padding"], gain=c["up"] ** 2)
        y = F.leaky_relu(y, c["slope"]) * c["gain"]
        if c["clamp"] is not None:
            y = y.clamp(-c["clamp"], c["clamp"])
        return nhwc(upfirdn2d(y, down, down=c["down"]))

    return f


def taps(n, cutoff, width, rate):
    return single(torch.tensor(scipy.signal.firwin(n, cutoff, width=width, fs=rate))).tolist()


cases = []
for shape, up, down, padding, clamp, gain, grid in [
    ((2, 6, 6, 2), 2, 2, [9, 8], 256, 2**0.5, False),
    ((1, 14, 13, 2), 4, 2, [-6, -9], None, 1.0, False),
    ((1, 6, 5, 1), 2, 2, [11, 10], 0.8, 2**0.5, True),
]:
    rate = 16 * up
    low = taps(6 * down, 3, 9, rate)
    config = {
        "upFilter": taps(6 * up, 2, 12, rate),
        "downFilter": single(torch.tensor(radial(12, 3, 9, rate))).tolist() if grid else low,
        "up": up,
        "down": down,
        "padding": padding,
        "slope": 0.2,
        "gain": gain,
        "clamp": clamp,
    }
    cases.append(case(filtered(config), [normal(*shape)], config=config))
write("filteredLeakyRelu", cases)


def fourier(c, frequencies, phases, matrix):
    size, rate, bandwidth, channels = (c[k] for k in ("size", "samplingRate", "bandwidth", "channels"))

    def f(xs, ws):
        affine, bias, kernel = ws
        t = xs[0] @ (affine / affine.shape[0] ** 0.5) + bias
        t = t / t[:, :2].norm(dim=1, keepdim=True)
        zero, one = torch.zeros(len(t)), torch.ones(len(t))
        rotate = torch.stack([t[:, 0], -t[:, 1], zero, t[:, 1], t[:, 0], zero, zero, zero, one], 1).reshape(-1, 3, 3)
        shift = torch.stack([one, zero, -t[:, 2], zero, one, -t[:, 3], zero, zero, one], 1).reshape(-1, 3, 3)
        m = rotate @ shift @ matrix
        p = phases[None] + (frequencies[None] @ m[:, :2, 2:]).squeeze(2)
        freq = frequencies[None] @ m[:, :2, :2]
        amplitude = (1 - (freq.norm(dim=2) - bandwidth) / (rate / 2 - bandwidth)).clamp(0, 1)
        u = (torch.arange(size) + 0.5 - size / 2) / rate
        turns = freq[:, :, 0, None, None] * u[None, None, None, :] + freq[:, :, 1, None, None] * u[None, None, :, None]
        waves = torch.sin(2 * np.pi * (turns + p[:, :, None, None])) * amplitude[:, :, None, None]
        return nhwc(waves) @ kernel.t() / channels**0.5

    return f


cases = []
for n, d, size, channels, rate, bandwidth in [(2, 3, 5, 4, 6, 2), (1, 4, 6, 3, 16, 2), (3, 2, 4, 5, 5, 2)]:
    config = {"size": size, "channels": channels, "samplingRate": rate, "bandwidth": bandwidth}
    g = normal(channels, 2)
    frequencies = single(g / g.norm(dim=1, keepdim=True) * torch.exp(-g.square().sum(1, keepdim=True) / 4) * bandwidth)
    phases = single(torch.rand(channels) - 0.5)
    angle = 0.3 * len(cases)
    cos, sin = np.cos(angle), np.sin(angle)
    # A zoom of 1.3 pushes some frequencies beyond the bandwidth, where they fade.
    zoom = 1.3 if len(cases) == 2 else 1.0
    matrix = single(torch.tensor([[zoom * cos, -zoom * sin, 0.1], [zoom * sin, zoom * cos, -0.2], [0.0, 0, 1]]))
    weights = [normal(d, 4, scale=0.5), torch.tensor([1.0, 0, 0, 0]), normal(channels, channels)]
    result = case(fourier(config, frequencies, phases, matrix), [normal(n, d)], weights, config)
    result["gaussian"], result["frequencies"] = dump(g), dump(frequencies)
    result["phases"], result["transform"] = dump(phases), dump(matrix)
    cases.append(result)
write("fourierFeatures", cases)


def ema_magnitude():
    """Three training steps and one at inference; the average is a constant to the gradient."""
    cases = []
    for shape, decay in [((2, 3, 3, 2), 0.9), ((4, 5), 0.5), ((1, 4, 2, 3), 0.999)]:
        average = torch.tensor(1.0)
        steps = []
        for training in (True, True, True, False):
            x = normal(*shape, scale=2).requires_grad_(True)
            if training:
                average = decay * average + (1 - decay) * x.detach().square().mean()
            y = x * average.rsqrt()
            cotangent = normal(*shape)
            gradient = grads((y * cotangent).sum(), [x])[0]
            steps.append({
                "training": training,
                "input": dump(x),
                "cotangent": dump(cotangent),
                "output": dump(y),
                "gradient": dump(gradient),
            })
        cases.append({"config": {"decay": decay}, "steps": steps})
    return cases


write("emaMagnitude", ema_magnitude())
