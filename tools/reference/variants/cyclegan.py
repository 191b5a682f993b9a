"""One step of CycleGAN: ResNets of one block and PatchGANs of one halving, width 2, on two images of 16x16 each way."""
import torch
from torch import nn
from torch.nn import functional as F

from reference import images, initialize, record, start, uniform


def norm(channels):
    return nn.InstanceNorm2d(channels)


class Block(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.layers = nn.Sequential(
            nn.ReflectionPad2d(1), nn.Conv2d(channels, channels, 3), norm(channels), nn.ReLU(),
            nn.ReflectionPad2d(1), nn.Conv2d(channels, channels, 3), norm(channels),
        )  # fmt: skip

    def forward(self, x):
        return x + self.layers(x)


def resnet():
    return nn.Sequential(
        nn.ReflectionPad2d(3), nn.Conv2d(3, 2, 7), norm(2), nn.ReLU(),
        nn.Conv2d(2, 4, 3, 2, 1), norm(4), nn.ReLU(),
        nn.Conv2d(4, 8, 3, 2, 1), norm(8), nn.ReLU(),
        Block(8),
        nn.ConvTranspose2d(8, 4, 3, 2, 1, 1), norm(4), nn.ReLU(),
        nn.ConvTranspose2d(4, 2, 3, 2, 1, 1), norm(2), nn.ReLU(),
        nn.ReflectionPad2d(3), nn.Conv2d(2, 3, 7), nn.Tanh(),
    )  # fmt: skip


def patches():
    return nn.Sequential(
        nn.Conv2d(3, 2, 4, 2, 1), nn.LeakyReLU(0.2),
        nn.Conv2d(2, 4, 4, 1, 1), norm(4), nn.LeakyReLU(0.2),
        nn.Conv2d(4, 1, 4, 1, 1),
    )  # fmt: skip


start(2)
there, back, judge_target, judge_source = resnet(), resnet(), patches(), patches()
initialize(there, back, judge_target, judge_source)
source, target = uniform(2, 3, 16, 16), uniform(2, 3, 16, 16)


def mean_square(logits, wanted):
    return F.mse_loss(logits, torch.full_like(logits, wanted))


def step():
    generators = [*there.parameters(), *back.parameters()]
    judges = [judge_target, judge_source]
    adam = [torch.optim.Adam(weights, 2e-4, (0.5, 0.999)) for weights in (generators, *(j.parameters() for j in judges))]

    for judge in judges:
        judge.requires_grad_(False)
    fake_target, fake_source = there(source), back(target)
    fooled = mean_square(judge_target(fake_target), 1) + mean_square(judge_source(fake_source), 1)
    cycle = 10 * (F.l1_loss(back(fake_target), source) + F.l1_loss(there(fake_source), target))
    identity = 5 * (F.l1_loss(back(source), source) + F.l1_loss(there(target), target))
    (fooled + cycle + identity).backward()
    adam[0].step()

    wrong = []
    for judge, real, fake, optimizer in zip(judges, (target, source), (fake_target, fake_source), adam[1:]):
        judge.requires_grad_(True)
        wrong.append(0.5 * (mean_square(judge(real), 1) + mean_square(judge(fake.detach()), 0)))
        wrong[-1].backward()
        optimizer.step()
    return {
        "toTarget+toSource/adversarial": fooled,
        "toTarget+toSource/cycle": cycle,
        "toTarget+toSource/identity": identity,
        "targetDiscriminator/adversarial": wrong[0],
        "sourceDiscriminator/adversarial": wrong[1],
    }


record(
    "cyclegan",
    {
        "toTarget": there,
        "toSource": back,
        "targetDiscriminator": judge_target,
        "sourceDiscriminator": judge_source,
    },
    {"sources": images(source), "images": images(target)},
    step,
)
