"""One step of Pix2Pix: a U-Net of 4 halvings and a PatchGAN of 2, width 2, on one pair of 16x16, without dropout."""
import torch
from torch import nn
from torch.nn import functional as F

from reference import images, initialize, record, start, uniform


class Unet(nn.Module):
    """The authors' placement: activation, convolution, batch norm; no norm at both ends and at the bottleneck."""

    def __init__(self, channels=(2, 4, 8, 16)):
        super().__init__()
        pairs = list(zip((3, *channels), channels))
        self.downs = nn.ModuleList()
        for depth, (given, made) in enumerate(pairs):
            self.downs.append(nn.Conv2d(given, made, 4, 2, 1, bias=False))
            if 0 < depth < len(pairs) - 1:
                self.downs.append(nn.BatchNorm2d(made))
        self.ups = nn.ModuleList()
        given = channels[-1]
        for made in reversed(channels[:-1]):
            self.ups.append(nn.ConvTranspose2d(given, made, 4, 2, 1, bias=False))
            self.ups.append(nn.BatchNorm2d(made))
            given = 2 * made
        self.last = nn.ConvTranspose2d(given, 3, 4, 2, 1)

    def forward(self, x):
        maps = []
        for layer in self.downs:
            if isinstance(layer, nn.Conv2d):
                if maps:
                    x = F.leaky_relu(x, 0.2)
                x = layer(x)
                maps.append(x)
            else:
                x = maps[-1] = layer(x)
        maps.pop()
        for conv, norm in zip(self.ups[::2], self.ups[1::2]):
            x = torch.cat([norm(conv(F.relu(x))), maps.pop()], 1)
        return torch.tanh(self.last(F.relu(x)))


class Patches(nn.Sequential):
    def __init__(self, channels):
        super().__init__(
            nn.Conv2d(channels, 2, 4, 2, 1), nn.LeakyReLU(0.2),
            nn.Conv2d(2, 4, 4, 2, 1, bias=False), nn.BatchNorm2d(4), nn.LeakyReLU(0.2),
            nn.Conv2d(4, 8, 4, 1, 1, bias=False), nn.BatchNorm2d(8), nn.LeakyReLU(0.2),
            nn.Conv2d(8, 1, 4, 1, 1),
        )  # fmt: skip


start(1)
generator, discriminator = Unet(), Patches(6)
initialize(generator, discriminator)
source, target = uniform(1, 3, 16, 16), uniform(1, 3, 16, 16)


def step():
    verdict = F.binary_cross_entropy_with_logits
    adam = [torch.optim.Adam(network.parameters(), 2e-4, (0.5, 0.999)) for network in (discriminator, generator)]
    fake = generator(source)

    real_logits = discriminator(torch.cat([source, target], 1))
    fake_logits = discriminator(torch.cat([source, fake.detach()], 1))
    wrong = 0.5 * (verdict(real_logits, torch.ones_like(real_logits)) + verdict(fake_logits, torch.zeros_like(fake_logits)))
    wrong.backward()
    adam[0].step()

    discriminator.requires_grad_(False)
    fake_logits = discriminator(torch.cat([source, fake], 1))
    fooled = verdict(fake_logits, torch.ones_like(fake_logits))
    distance = 100 * F.l1_loss(fake, target)
    (fooled + distance).backward()
    adam[1].step()
    return {"discriminator/adversarial": wrong, "generator/adversarial": fooled, "generator/l1": distance}


record(
    "pix2pix",
    {"discriminator": discriminator, "generator": generator},
    {"sources": images(source), "images": images(target)},
    step,
)
