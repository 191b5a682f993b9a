"""Spectral normalization of dense, convolution, transposed convolution and embedding."""

import torch
import torch.nn.functional as F

from reference import dump, case, nchw, nhwc, normal, oihw, write

torch.manual_seed(3)


def unit(x):
    return x / (x.norm() + 1e-12)


def normalized(weight, matrix, u, iterations):
    """W / sigma, and the new u. `matrix` is [outputs, rest]; u and v are constants to the gradient."""
    with torch.no_grad():
        for _ in range(iterations):
            v = unit(matrix.t() @ u)
            u = unit(matrix @ v)
    return weight / (u @ (matrix @ v)), u


def dense(u, iterations, _):
    def f(xs, ws):
        w, _ = normalized(ws[0], ws[0].t(), u, iterations)
        return xs[0] @ w + ws[1]

    return f


def conv2d(u, iterations, config):
    def f(xs, ws):
        w, _ = normalized(ws[0], oihw(ws[0]).reshape(len(u), -1), u, iterations)
        return nhwc(F.conv2d(nchw(xs[0]), oihw(w), ws[1], stride=config["strides"]))

    return f


def conv2d_transpose(u, iterations, config):
    def f(xs, ws):
        kernel = ws[0].permute(3, 2, 0, 1)  # [kh, kw, out, in] -> [in, out, kh, kw]
        w, _ = normalized(kernel, kernel.permute(1, 0, 2, 3).reshape(len(u), -1), u, iterations)
        return nhwc(F.conv_transpose2d(nchw(xs[0]), w, ws[1], stride=config["strides"]))

    return f


def embedding(u, iterations, _):
    def f(xs, ws):
        w, _ = normalized(ws[0], ws[0].t(), u, iterations)
        return w[xs[0]]

    return f


def spectral(kind, layer, config, inputs, weights, outputs, iterations, penalty=True):
    u = normal(outputs)
    f = kind(u, iterations, config)
    result = case(f, inputs, weights, {"layer": layer, "config": config, "iterations": iterations}, penalty)
    matrix = {
        "dense": lambda w: w.t(),
        "embedding": lambda w: w.t(),
        "conv2d": lambda w: oihw(w).reshape(outputs, -1),
        "conv2dTranspose": lambda w: w.permute(2, 3, 0, 1).reshape(outputs, -1),
    }[layer](weights[0])
    result["u"] = dump(u)
    result["newU"] = dump(normalized(weights[0], matrix, u, iterations)[1])
    return result


if __name__ == "__main__":
    cases = []
    for n, i, o, k in [(3, 4, 5, 1), (2, 6, 3, 2), (4, 2, 2, 5)]:
        config = {"units": o}
        cases.append(spectral(dense, "dense", config, [normal(n, i)], [normal(i, o), normal(o)], o, k))
    for shape, k, o, s, it in [((2, 5, 5, 3), 3, 4, 1, 1), ((1, 6, 6, 2), 4, 3, 2, 2), ((2, 4, 3, 4), 1, 2, 1, 1)]:
        config = {"filters": o, "kernelSize": k, "strides": s}
        weights = [normal(k, k, shape[-1], o, scale=0.4), normal(o)]
        cases.append(spectral(conv2d, "conv2d", config, [normal(*shape)], weights, o, it))
    for shape, k, o, s, it in [((2, 3, 3, 3), 4, 2, 2, 1), ((1, 4, 4, 2), 3, 3, 1, 1), ((2, 2, 3, 4), 2, 2, 2, 3)]:
        config = {"filters": o, "kernelSize": k, "strides": s}
        weights = [normal(k, k, o, shape[-1], scale=0.4), normal(o)]
        cases.append(spectral(conv2d_transpose, "conv2dTranspose", config, [normal(*shape)], weights, o, it))
    for n, v, d in [(3, 5, 4), (6, 4, 2), (2, 3, 7)]:
        config = {"inputDim": v, "outputDim": d}
        labels = torch.randint(v, (n,))
        cases.append(spectral(embedding, "embedding", config, [labels], [normal(v, d)], d, 1, penalty=False))
    write("spectralNorm", cases)
