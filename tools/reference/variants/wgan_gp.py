"""One step of WGAN-GP without any norm: two updates of the critic on a batch each, then one of the generator."""
import torch
from torch import nn
from torch.nn import functional as F

from reference import images, initialize, record, start, uniform
from streams import Stream

LATENT = 6
BATCH = 4


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.project = nn.Linear(LATENT, 4 * 4 * 8)
        self.up = nn.ConvTranspose2d(8, 4, 4, 2, 1)
        self.pixels = nn.ConvTranspose2d(4, 3, 4, 2, 1)

    def forward(self, noise):
        x = F.relu(self.project(noise))
        # The units of the dense layer are rows, columns and channels of the map, in this order.
        x = x.reshape(-1, 4, 4, 8).permute(0, 3, 1, 2)
        return torch.tanh(self.pixels(F.relu(self.up(x))))


class Critic(nn.Module):
    def __init__(self):
        super().__init__()
        self.down1 = nn.Conv2d(3, 4, 4, 2, 1)
        self.down2 = nn.Conv2d(4, 8, 4, 2, 1)
        self.score = nn.Linear(4 * 4 * 8, 1)

    def forward(self, x):
        x = F.leaky_relu(self.down2(F.leaky_relu(self.down1(x), 0.2)), 0.2)
        return self.score(x.permute(0, 2, 3, 1).flatten(1))


def penalty_of(critic, real, fake, weights):
    points = (real + weights.reshape(-1, 1, 1, 1) * (fake - real)).requires_grad_()
    (gradient,) = torch.autograd.grad(critic(points).sum(), points, create_graph=True)
    return 10 * ((gradient.flatten(1).norm(dim=1) - 1) ** 2).mean()


start(4)
generator, critic = Generator(), Critic()
initialize(generator, critic, deviation=0.2)
real = uniform(2 * BATCH, 3, 16, 16)


def step():
    adam = [torch.optim.Adam(network.parameters(), 1e-4, (0, 0.9), 1e-7) for network in (critic, generator)]
    terms = []
    for repetition in range(2):
        stream = Stream(0, "noise", 0, 0, repetition)
        batch = real[repetition * BATCH : (repetition + 1) * BATCH]
        fake = generator(stream.normal(BATCH, LATENT)).detach()
        adversarial = critic(fake).mean() - critic(batch).mean()
        penalty = penalty_of(critic, batch, fake, stream.uniform(BATCH))
        critic.zero_grad()
        (adversarial + penalty).backward()
        adam[0].step()
        terms.append((adversarial, penalty))

    critic.requires_grad_(False)
    fooled = -critic(generator(Stream(0, "noise", 0, 1, 0).normal(BATCH, LATENT))).mean()
    fooled.backward()
    adam[1].step()
    return {
        "discriminator/adversarial": (terms[0][0] + terms[1][0]) / 2,
        "discriminator/penalty": (terms[0][1] + terms[1][1]) / 2,
        "generator/adversarial": fooled,
    }


record("wgan-gp", {"discriminator": critic, "generator": generator}, {"images": images(real)}, step)
