"""Adversarial objectives. Cross entropies come from torch.nn.functional, never from a formula written twice."""

import torch
import torch.nn.functional as F
from recording import mean_of_rows, normal, one_by_one, record, seeded

SHAPES = [(4,), (5, 1), (2, 3, 3, 1), (3, 7)]
EXTREMES = [-100.0, 100.0, -30.0, 30.0, 0.0, -1e-3]


def scores():
    for i, shape in enumerate(SHAPES):
        g = seeded(i)
        yield normal(g, *shape, scale=2), normal(g, *shape, scale=2)
    yield torch.tensor(EXTREMES).double(), torch.tensor(EXTREMES[::-1]).double()
    yield torch.zeros(3, 1).double(), torch.zeros(3, 1).double()


def reduced(f, x, target, reduction):
    values = f(x, torch.full_like(x, target), reduction=reduction)
    return mean_of_rows(values) if reduction == "none" else values


def cross_entropy(logits, target, reduction="mean"):
    return reduced(F.binary_cross_entropy_with_logits, logits, target, reduction)


def logistic_d(real, fake, realTarget=1.0, fakeTarget=0.0, reduction="mean"):
    return cross_entropy(real, realTarget, reduction) + cross_entropy(fake, fakeTarget, reduction)


def saturating_g(fake):
    return -cross_entropy(fake, 0.0)


def non_saturating_g(fake, reduction="mean"):
    return cross_entropy(fake, 1.0, reduction)


def mse(x, target, reduction="mean"):
    return reduced(F.mse_loss, x, target, reduction)


def least_squares_d(real, fake, a=0.0, b=1.0, c=1.0, reduction="mean"):
    return (mse(real, b, reduction) + mse(fake, a, reduction)) / 2


def least_squares_g(fake, a=0.0, b=1.0, c=1.0, reduction="mean"):
    return mse(fake, c, reduction) / 2


def hinge_d(real, fake):
    return F.relu(1 - real).mean() + F.relu(1 + fake).mean()


def wasserstein_d(real, fake):
    return fake.mean() - real.mean()


def minus_mean(fake):
    return -fake.mean()


def relativistic(base):
    def d(real, fake, **options):
        return base(real - fake, fake - real, **options) / 2

    return d


def relativistic_average(base):
    def d(real, fake, **options):
        return base(real - fake.mean(0, keepdim=True), fake - real.mean(0, keepdim=True), **options)

    return d


def swapped(d):
    return lambda fake, real, **options: d(fake, real, **options)


def energy_d(real, fake, margin):
    return real.mean() + torch.clamp(margin - fake, min=0).mean()


def boundary_d(real, fake, k):
    return real.mean() - k * fake.mean()


def next_k(real, fake, k, gamma, gain):
    return torch.clamp(k + gain * (gamma * real.mean() - fake.mean()), 0, 1)


def convergence(real, fake, gamma, gain):
    return real.mean() + torch.abs(gamma * real.mean() - fake.mean())


def flip(real, fake, flips):
    chosen = (flips == 1).reshape(-1, *[1] * (real.dim() - 1))
    return torch.stack([torch.where(chosen, fake, real), torch.where(chosen, real, fake)])


def per_sample():
    """The reduction 'none': of PyTorch where it has one, else each sample alone."""
    none = {"reduction": "none"}
    for i, shape in enumerate(SHAPES[1:]):
        g = seeded(100 + i)
        real, fake = normal(g, *shape, scale=2), normal(g, *shape, scale=2)
        both, one, reverse = {"real": real, "fake": fake}, {"fake": fake}, {"fake": fake, "real": real}
        yield record("minimax.generator", one_by_one(saturating_g, "fake"), one, options=none)
        yield record("nonSaturating.discriminator", logistic_d, both, options={"realTarget": 0.9, **none})
        yield record("nonSaturating.generator", non_saturating_g, one, options=none)
        yield record("leastSquares.discriminator", least_squares_d, both, options=none)
        yield record("leastSquares.generator", least_squares_g, one, options=none)
        yield record("wasserstein.discriminator", one_by_one(wasserstein_d, "real", "fake"), both, options=none)
        yield record("hinge.discriminator", one_by_one(hinge_d, "real", "fake"), both, options=none)
        yield record("hinge.generator", one_by_one(minus_mean, "fake"), one, options=none)
        for kind, wrap in (("relativistic", relativistic), ("relativisticAverage", relativistic_average)):
            yield record(f"{kind}(nonSaturating).discriminator", wrap(logistic_d), both, options=none)
            yield record(f"{kind}(nonSaturating).generator", swapped(wrap(logistic_d)), reverse, options=none)
        yield record("energyBased.discriminator", one_by_one(energy_d, "real", "fake"), both, options={"margin": 1.5, **none})
        yield record("boundaryEquilibrium.discriminator", one_by_one(boundary_d, "real", "fake"), both, options={"k": 0.3, **none})


def cases():
    out = []
    for real, fake in scores():
        both, one = {"real": real, "fake": fake}, {"fake": fake}
        reverse = {"fake": fake, "real": real}
        out += [
            record("minimax.discriminator", logistic_d, both),
            record("minimax.generator", saturating_g, one),
            record("nonSaturating.discriminator", logistic_d, both),
            record("nonSaturating.discriminator", logistic_d, both, options={"realTarget": 0.9}),
            record("nonSaturating.discriminator", logistic_d, both, options={"realTarget": 0.9, "fakeTarget": 0.1}),
            record("nonSaturating.generator", non_saturating_g, one),
            record("leastSquares.discriminator", least_squares_d, both),
            record("leastSquares.generator", least_squares_g, one),
            record("leastSquares.discriminator", least_squares_d, both, options={"a": -1, "b": 1, "c": 0}),
            record("leastSquares.generator", least_squares_g, one, options={"a": -1, "b": 1, "c": 0}),
            record("wasserstein.discriminator", wasserstein_d, both),
            record("wasserstein.generator", minus_mean, one),
            record("hinge.discriminator", hinge_d, both),
            record("hinge.generator", minus_mean, one),
        ]
        for base, f in (("nonSaturating", logistic_d), ("hinge", hinge_d), ("leastSquares", least_squares_d)):
            options = {"a": -1, "b": 1, "c": 0} if base == "leastSquares" else {}
            for kind, wrap in (("relativistic", relativistic), ("relativisticAverage", relativistic_average)):
                out.append(record(f"{kind}({base}).discriminator", wrap(f), both, options=options))
                out.append(record(f"{kind}({base}).generator", swapped(wrap(f)), reverse, options=options))
        energies = {"real": real.abs(), "fake": fake.abs()}
        balance = {"gamma": 0.5, "gain": 0.001}
        out += [
            record("energyBased.discriminator", energy_d, energies, options={"margin": 1.5}),
            record("energyBased.generator", lambda fake, margin: fake.mean(), {"fake": fake.abs()}, options={"margin": 1.5}),
            record("boundaryEquilibrium.discriminator", boundary_d, energies, options={"k": 0.3}),
            record("boundaryEquilibrium.generator", lambda fake: fake.mean(), {"fake": fake.abs()}),
            record("boundaryEquilibrium.nextK", next_k, energies, [], {"k": 0.3, **balance}),
            record("boundaryEquilibrium.convergence", convergence, energies, [], balance),
        ]
        flips = torch.arange(real.shape[0]).remainder(2)
        out.append(record("flipLabels", flip, {"real": real, "fake": fake, "flips": flips}))
    return [*out, *per_sample()]
