"""Small critics whose second derivatives exercise every kind of layer. Images are NHWC, kernels [height, width, in, out]."""

import torch
import torch.nn.functional as F
from recording import normal


def conv(x, kernel, stride=1, bias=None):
    """A valid convolution of NHWC images."""
    y = F.conv2d(x.permute(0, 3, 1, 2), kernel.permute(3, 2, 0, 1), bias, stride)
    return y.permute(0, 2, 3, 1)


def mlp(x, w1, b1, w2, b2, w3):
    return torch.tanh(F.leaky_relu(x @ w1 + b1, 0.2) @ w2 + b2) @ w3


def conv_net(x, k1, b1, k2, w1, w2):
    """conv, leaky ReLU, strided conv, dense, tanh, dense."""
    h = conv(F.leaky_relu(conv(x, k1, bias=b1), 0.2), k2, stride=2)
    return torch.tanh(h.reshape(x.shape[0], -1) @ w1) @ w2


def patches(x, k1, b1, k2):
    """A patch map: strided conv, sigmoid, conv."""
    return conv(torch.sigmoid(conv(x, k1, 2, b1)), k2)


def parameters(g, name):
    """The sample shape and the weights of a critic."""
    if name == "mlp":
        return (5,), {
            "w1": normal(g, 5, 6, scale=0.6),
            "b1": normal(g, 6, scale=0.3),
            "w2": normal(g, 6, 4, scale=0.6),
            "b2": normal(g, 4, scale=0.3),
            "w3": normal(g, 4, 1),
        }
    if name == "conv":
        return (6, 6, 2), {
            "k1": normal(g, 3, 3, 2, 3, scale=0.3),
            "b1": normal(g, 3, scale=0.2),
            "k2": normal(g, 2, 2, 3, 2, scale=0.4),
            "w1": normal(g, 8, 4, scale=0.5),
            "w2": normal(g, 4, 1),
        }
    return (7, 5, 1), {
        "k1": normal(g, 3, 3, 1, 4, scale=0.5),
        "b1": normal(g, 4, scale=0.3),
        "k2": normal(g, 2, 2, 4, 1, scale=0.5),
    }


CRITICS = {"mlp": mlp, "conv": conv_net, "patches": patches}
