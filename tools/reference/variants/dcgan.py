"""One step of DCGAN with batch norm in both players, on four images of 16x16."""
import torch
from torch import nn
from torch.nn import functional as F

from reference import images, initialize, record, start, uniform
from streams import Stream

LATENT = 6
EPSILON = 1e-3


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.project = nn.Linear(LATENT, 4 * 4 * 8, bias=False)
        self.project_norm = nn.BatchNorm1d(4 * 4 * 8, EPSILON)
        self.up = nn.ConvTranspose2d(8, 4, 4, 2, 1, bias=False)
        self.up_norm = nn.BatchNorm2d(4, EPSILON)
        self.pixels = nn.ConvTranspose2d(4, 3, 4, 2, 1, bias=False)

    def forward(self, noise):
        x = F.relu(self.project_norm(self.project(noise)))
        # The units of the dense layer are rows, columns and channels of the map, in this order.
        x = x.reshape(-1, 4, 4, 8).permute(0, 3, 1, 2)
        x = F.relu(self.up_norm(self.up(x)))
        return torch.tanh(self.pixels(x))


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.down1 = nn.Conv2d(3, 4, 4, 2, 1, bias=False)
        self.down2 = nn.Conv2d(4, 8, 4, 2, 1, bias=False)
        self.norm = nn.BatchNorm2d(8, EPSILON)
        self.logit = nn.Linear(4 * 4 * 8, 1, bias=False)

    def forward(self, x):
        x = F.leaky_relu(self.down1(x), 0.2)
        x = F.leaky_relu(self.norm(self.down2(x)), 0.2)
        return self.logit(x.permute(0, 2, 3, 1).flatten(1))


start(3)
generator, discriminator = Generator(), Discriminator()
initialize(generator, discriminator, deviation=0.2)
real = uniform(4, 3, 16, 16)


def step():
    verdict = F.binary_cross_entropy_with_logits
    adam = [
        torch.optim.Adam(network.parameters(), 2e-4, (0.5, 0.999), 1e-7) for network in (discriminator, generator)
    ]
    fake = generator(Stream(0, "noise", 0, 0, 0).normal(4, LATENT))
    on_real, on_fake = discriminator(real), discriminator(fake.detach())
    wrong = verdict(on_real, torch.ones_like(on_real)) + verdict(on_fake, torch.zeros_like(on_fake))
    wrong.backward()
    adam[0].step()

    discriminator.requires_grad_(False)
    on_fake = discriminator(generator(Stream(0, "noise", 0, 1, 0).normal(4, LATENT)))
    fooled = verdict(on_fake, torch.ones_like(on_fake))
    fooled.backward()
    adam[1].step()
    return {"discriminator/adversarial": wrong, "generator/adversarial": fooled}


record("dcgan", {"discriminator": discriminator, "generator": generator}, {"images": images(real)}, step)
