"""The training steps of packages/backend-wasm/bench/step.mjs in PyTorch: same layers, batch and updates.

    python3 step.py [--variant dcgan|srgan] [--batch N] [--threads N] [--repeats N] [--clock wall|cpu]

Prints one JSON object like the benchmark's. Channels come first, as PyTorch likes it.
"""
import argparse
import json
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F


class Same(nn.Conv2d):
    """TensorFlow's `same` padding for an even image and stride 2: one column more after than before."""

    def forward(self, x):
        pad = self.kernel_size[0] - 2
        return super().forward(F.pad(x, (pad // 2, pad - pad // 2, pad // 2, pad - pad // 2)))


def generator():
    norm = dict(eps=1e-3, momentum=0.01)
    up = dict(kernel_size=5, bias=False)
    return nn.Sequential(
        nn.Linear(100, 7 * 7 * 256, bias=False), nn.BatchNorm1d(7 * 7 * 256, **norm), nn.LeakyReLU(0.3),
        nn.Unflatten(1, (256, 7, 7)),
        nn.ConvTranspose2d(256, 128, stride=1, padding=2, **up), nn.BatchNorm2d(128, **norm), nn.LeakyReLU(0.3),
        nn.ConvTranspose2d(128, 64, stride=2, padding=2, output_padding=1, **up), nn.BatchNorm2d(64, **norm),
        nn.LeakyReLU(0.3),
        nn.ConvTranspose2d(64, 1, stride=2, padding=2, output_padding=1, **up), nn.Tanh(),
    )


def discriminator():
    return nn.Sequential(
        Same(1, 64, 5, stride=2), nn.LeakyReLU(0.3), nn.Dropout(0.3),
        Same(64, 128, 5, stride=2), nn.LeakyReLU(0.3), nn.Dropout(0.3),
        nn.Flatten(), nn.Linear(128 * 7 * 7, 1),
    )


def dcgan_step(batch):
    g, d = generator(), discriminator()
    adam = dict(lr=1e-4, eps=1e-7)
    opt_g, opt_d = torch.optim.Adam(g.parameters(), **adam), torch.optim.Adam(d.parameters(), **adam)
    real, noise = torch.rand(batch, 1, 28, 28) * 2 - 1, torch.randn(batch, 100)
    logistic = lambda logits, label: F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, label))

    def step():
        with torch.no_grad():
            fake = g(noise)
        loss_d = logistic(d(real), 1.0) + logistic(d(fake), 0.0)
        opt_d.zero_grad(set_to_none=True)
        loss_d.backward()
        opt_d.step()
        # The discriminator's weights need no gradient here.
        d.requires_grad_(False)
        loss_g = logistic(d(g(noise)), 1.0)
        opt_g.zero_grad(set_to_none=True)
        loss_g.backward()
        opt_g.step()
        d.requires_grad_(True)
        return loss_g.item()

    return step


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        conv = lambda: nn.Conv2d(64, 64, 3, padding=1, bias=False)
        self.body = nn.Sequential(
            conv(), nn.BatchNorm2d(64), nn.LeakyReLU(0.2), conv(), nn.BatchNorm2d(64))

    def forward(self, x):
        return x + self.body(x)


def srgan_step(batch):
    model = nn.Sequential(
        nn.Conv2d(3, 64, 9, padding=4, bias=False), nn.LeakyReLU(0.2),
        *[Block() for _ in range(16)],
        nn.Conv2d(64, 3, 9, padding=4, bias=False),
    )
    opt = torch.optim.Adam(model.parameters(), lr=1e-4, eps=1e-7)
    x = torch.rand(batch, 3, 24, 24) * 2 - 1

    def step():
        loss = F.mse_loss(model(x), x)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        opt.step()
        return loss.item()

    return step


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--variant", choices=["dcgan", "srgan"], default="dcgan")
    parser.add_argument("--batch", type=int)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--clock", choices=["wall", "cpu"], default="wall")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    batch = args.batch or {"dcgan": 64, "srgan": 8}[args.variant]
    step = {"dcgan": dcgan_step, "srgan": srgan_step}[args.variant](batch)
    clock = time.perf_counter if args.clock == "wall" else time.process_time
    for _ in range(3):
        step()
    times = []
    for _ in range(args.repeats):
        start = clock()
        step()
        times.append(clock() - start)
    seconds = statistics.median(times)
    print(json.dumps({
        "bench": "step", "variant": args.variant, "batch": batch, "backend": f"pytorch {torch.__version__}",
        "threads": args.threads, "clock": args.clock, "secondsPerStep": seconds, "imagesPerSecond": batch / seconds,
    }))


main()
