"""
One step of TensorFlow's DCGAN tutorial: both players follow the gradients of one forward pass.

https://www.tensorflow.org/tutorials/generative/dcgan
"""
import torch
from torch import nn
from torch.nn import functional as F

from reference import images, initialize, record, start, uniform
from streams import Stream

LATENT = 6
BATCH = 4
EPSILON = 1e-3
SLOPE = 0.3
EMBEDDING = 50


class SameConv(nn.Conv2d):
    """5x5 with stride 2, padded as TensorFlow does: even sides by 1 before and 2 after."""

    def __init__(self, inputs, outputs):
        super().__init__(inputs, outputs, 5, 2)

    def forward(self, x):
        return super().forward(F.pad(x, (1, 2, 1, 2)))


class SameTransposed(nn.ConvTranspose2d):
    """The transpose of `SameConv`: its map lacks the 1 row and column before and the 2 after."""

    def __init__(self, inputs, outputs):
        super().__init__(inputs, outputs, 5, 2, bias=False)

    def forward(self, x):
        return super().forward(x)[..., 1:-2, 1:-2]


class LabelPlane(nn.Module):
    """Labels as one more channel of a map: an embedding, then a dense layer with a unit a pixel."""

    def __init__(self, classes, side):
        super().__init__()
        # Its rows are the vectors, as those of TensorFlow's Embedding once `layout` has turned it.
        self.embedding = nn.Linear(classes, EMBEDDING, bias=False)
        self.dense = nn.Linear(EMBEDDING, side * side)
        self.classes, self.side = classes, side

    def forward(self, x, labels):
        vectors = self.embedding(F.one_hot(labels, self.classes).double())
        return torch.cat([x, self.dense(vectors).reshape(-1, 1, self.side, self.side)], 1)


class Generator(nn.Module):
    def __init__(self, side, channels, classes=0):
        super().__init__()
        self.first = side // 4
        self.project = nn.Linear(LATENT, self.first**2 * 8, bias=False)
        self.project_norm = nn.BatchNorm1d(self.first**2 * 8, EPSILON)
        self.project_relu = nn.LeakyReLU(SLOPE)
        self.told = LabelPlane(classes, self.first) if classes else None
        self.refine = nn.ConvTranspose2d(8 + bool(classes), 4, 5, padding=2, bias=False)
        self.refine_norm = nn.BatchNorm2d(4, EPSILON)
        self.refine_relu = nn.LeakyReLU(SLOPE)
        self.up1 = SameTransposed(4, 2)
        self.up1_norm = nn.BatchNorm2d(2, EPSILON)
        self.up1_relu = nn.LeakyReLU(SLOPE)
        self.up2 = SameTransposed(2, channels)

    def forward(self, noise, *labels):
        x = self.project_relu(self.project_norm(self.project(noise)))
        # The units of the dense layer are rows, columns and channels of the map, in this order.
        x = x.reshape(-1, self.first, self.first, 8).permute(0, 3, 1, 2)
        if self.told:
            x = self.told(x, *labels)
        x = self.refine_relu(self.refine_norm(self.refine(x)))
        x = self.up1_relu(self.up1_norm(self.up1(x)))
        return torch.tanh(self.up2(x))


class Discriminator(nn.Module):
    def __init__(self, side, channels, classes=0):
        super().__init__()
        self.told = LabelPlane(classes, side) if classes else None
        self.down1 = SameConv(channels + bool(classes), 4)
        self.down1_relu = nn.LeakyReLU(SLOPE)
        self.down2 = SameConv(4, 8)
        self.down2_relu = nn.LeakyReLU(SLOPE)
        self.logit = nn.Linear((side // 4) ** 2 * 8, 1)

    def forward(self, x, *labels):
        if self.told:
            x = self.told(x, *labels)
        x = self.down1_relu(self.down1(x))
        x = self.down2_relu(self.down2(x))
        return self.logit(x.permute(0, 2, 3, 1).flatten(1))


def losses_of(generator, discriminator, real, labels):
    """The discriminator's loss and the generator's, of one forward pass."""
    verdict = F.binary_cross_entropy_with_logits
    fake = generator(Stream(0, "noise", 0, 0, 0).normal(BATCH, LATENT), *labels)
    on_real, on_fake = discriminator(real, *labels), discriminator(fake, *labels)
    wrong = verdict(on_real, torch.ones_like(on_real)) + verdict(on_fake, torch.zeros_like(on_fake))
    fooled = verdict(on_fake, torch.ones_like(on_fake))
    return wrong, fooled


def play(name, seed, side, channels, labels=None):
    """Records the step with images of side x side; `labels` are the classes of the batch, all of them in it."""
    start(seed)
    classes = len(set(labels)) if labels else 0
    generator, discriminator = (player(side, channels, classes) for player in (Generator, Discriminator))
    initialize(generator, discriminator, deviation=0.2)
    real = uniform(BATCH, channels, side, side)
    told = [torch.tensor(labels)] if labels else []
    players = {"discriminator": discriminator, "generator": generator}

    def losses():
        return losses_of(generator, discriminator, real, told)

    def step():
        kink = nearest_kink(players.values(), losses)
        print(f"{name}: the activation nearest to the kink is {kink:.1e}")
        assert kink > 1e-4, "rounding could change the slope there: take another seed"
        wrong, fooled = losses()
        for loss, network in (wrong, discriminator), (fooled, generator):
            weights = list(network.parameters())
            for weight, gradient in zip(weights, torch.autograd.grad(loss, weights, retain_graph=True)):
                weight.grad = gradient
        check_by_differences(discriminator, lambda: losses()[0])
        check_by_differences(generator, lambda: losses()[1])
        for network in players.values():
            torch.optim.Adam(network.parameters(), 1e-4, (0.9, 0.999), 1e-7).step()
        return {"discriminator/adversarial": wrong, "generator/adversarial": fooled}

    data = {"images": images(real)} | ({"labels": told[0].numpy()} if labels else {})
    record(name, players, data, step)


def nearest_kink(networks, forward):
    """The smallest absolute value that enters a LeakyReLU."""
    seen = []
    rectifiers = [m for network in networks for m in network.modules() if isinstance(m, nn.LeakyReLU)]
    hooks = [m.register_forward_pre_hook(lambda _, x: seen.append(x[0].abs().min().item())) for m in rectifiers]
    forward()
    for hook in hooks:
        hook.remove()
    return min(seen)


def check_by_differences(network, loss, width=1e-5):
    """The largest entry of each gradient is the central difference of the loss, to a relative 1e-6."""
    with torch.no_grad():
        for name, weight in network.named_parameters():
            at = weight.grad.abs().argmax().item()
            entry = weight.view(-1)[at]
            middle = entry.item()
            beside = []
            for shift in (width, -width):
                entry.fill_(middle + shift)
                beside.append(loss().item())
            entry.fill_(middle)
            slope = weight.grad.view(-1)[at].item()
            difference = (beside[0] - beside[1]) / (2 * width)
            assert abs(difference - slope) <= 1e-6 * abs(slope), (name, slope, difference)


play("dcgan-tutorial", seed=20, side=16, channels=3)
play("cgan-tutorial", seed=23, side=8, channels=1, labels=[2, 0, 1, 0])
