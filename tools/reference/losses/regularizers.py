"""Penalties, with create_graph=True where they differentiate through a critic."""

import torch
import torch.nn.functional as F
from critics import CRITICS, parameters
from recording import normal, one_by_one, record, seeded, uniform

BATCHES = (2, 4, 3)


def spread(weights, x):
    return weights.reshape(-1, *[1] * (x.dim() - 1))


def input_gradient(critic, x, weights):
    x = x.detach().requires_grad_(True)
    (gradient,) = torch.autograd.grad(CRITICS[critic](x, **weights).sum(), x, create_graph=True)
    return gradient.reshape(x.shape[0], -1)


def gradient_penalty(critic, points, **weights):
    return ((input_gradient(critic, points, weights).norm(dim=1) - 1) ** 2).mean()


def one_sided(critic, points, **weights):
    return (F.relu(input_gradient(critic, points, weights).norm(dim=1) - 1) ** 2).mean()


def dragan(critic, real, noise, weights, **parameters):
    moved = real + spread(weights, real) * (0.5 * real.std(unbiased=False) * noise)
    return gradient_penalty(critic, moved, **parameters)


def zero_centred(critic, samples, **weights):
    return (input_gradient(critic, samples, weights) ** 2).sum(1).mean() / 2


def differentiated():
    """Every penalty through every critic. A larger last layer puts some gradient norms above 1, where one side counts."""
    for critic in CRITICS:
        for n in BATCHES:
            g = seeded(n)
            shape, weights = parameters(g, critic)
            names, options = list(weights), {"critic": critic}
            x = normal(g, n, *shape)
            yield record("gradientPenalty", gradient_penalty, {"points": x, **weights}, names, options)
            large = {**weights, names[-1]: 3 * weights[names[-1]]}
            yield record("oneSidedGradientPenalty", one_sided, {"points": x, **large}, names, options)
            noisy = {"real": x, "noise": uniform(g, n, *shape), "weights": uniform(g, n)}
            yield record("dragan", dragan, {**noisy, **weights}, names, options)
            yield record("r1", zero_centred, {"samples": x, **weights}, names, options)
            yield record("r2", zero_centred, {"samples": x, **weights}, names, options)


def synthesize(styles, w1, w2, height, width):
    """Styles [N, D] or [N, layers, D] to images: one dense layer a style, tanh, a shared dense layer."""
    h = torch.tanh(torch.einsum("n...d,dk->n...k", styles, w1))
    h = h if h.dim() == 2 else h.prod(1)
    return (h @ w2).reshape(styles.shape[0], height, width, -1)


def path_length(styles, noise, w1, w2, mean, decay):
    """The penalty, the new running mean, and the lengths."""
    _, height, width, _ = noise.shape
    styles = styles.detach().requires_grad_(True)
    y = noise / (height * width) ** 0.5
    images = synthesize(styles, w1, w2, height, width)
    (jacobian,) = torch.autograd.grad((images * y).sum(), styles, create_graph=True)
    squares = jacobian.square().sum(-1)
    lengths = (squares if squares.dim() == 1 else squares.mean(1)).sqrt()
    average = mean + decay * (lengths.mean() - mean)
    return torch.cat([torch.stack([(lengths - average).square().mean(), average]), lengths])


def path_lengths():
    for styles, images, mean in (((2, 3), (4, 4, 1), 0.0), ((3, 4, 3), (2, 3, 2), 0.7), ((4, 2, 5), (5, 5, 3), 1.3)):
        g = seeded(styles[0])
        h, w, c = images
        inputs = {
            "styles": normal(g, *styles),
            "noise": normal(g, styles[0], *images),
            "w1": normal(g, styles[-1], 6, scale=0.5),
            "w2": normal(g, 6, h * w * c),
        }
        yield record("pathLength", path_length, inputs, ["w1", "w2"], {"mean": mean, "decay": 0.01})


def orthogonal(kernel):
    w = kernel.reshape(-1, kernel.shape[-1])
    return torch.linalg.matrix_norm(w.T @ w - torch.eye(w.shape[1], dtype=w.dtype)) ** 2


def relaxed_orthogonal(kernel):
    w = kernel.reshape(-1, kernel.shape[-1])
    products = w.T @ w
    return (products - torch.diag(torch.diagonal(products))).square().sum()


def spectral_norm(kernel, u, iterations):
    """Sigma, then the new u: PyTorch's own power iteration, read off its normalized weight."""
    w = kernel.reshape(-1, kernel.shape[-1]).T
    module = torch.nn.utils.spectral_norm(torch.nn.Linear(w.shape[1], w.shape[0], dtype=torch.float64), eps=1e-12, n_power_iterations=iterations)
    del module._parameters["weight_orig"]
    module.weight_orig = w
    module.weight_u.copy_(F.normalize(u, dim=0))
    module.train()(torch.zeros(1, w.shape[1], dtype=torch.float64))
    index = w.abs().argmax()
    sigma = w.flatten()[index] / module.weight.flatten()[index]
    return torch.cat([sigma[None], module.weight_u])


def kernels():
    for i, shape in enumerate([(4, 3), (3, 3, 2, 5), (1, 1, 6, 2), (2, 3, 3, 4)]):
        g = seeded(10 + i)
        kernel, u = normal(g, *shape, scale=0.5), normal(g, shape[-1])
        yield record("orthogonal", orthogonal, {"kernel": kernel})
        yield record("relaxedOrthogonal", relaxed_orthogonal, {"kernel": kernel})
        yield record("spectralNorm", spectral_norm, {"kernel": kernel, "u": u}, ["kernel"], {"iterations": 1 + 2 * i})
        yield record("clipWeights", lambda kernel, limit: kernel.clamp(-limit, limit), {"kernel": kernel}, options={"limit": 0.4})
        for limit in (0.5, 50.0):
            f = lambda kernel, limit: kernel / max(1.0, float(torch.linalg.matrix_norm(kernel.reshape(-1, kernel.shape[-1]), 2)) / limit)
            yield record("clipSpectralNorm", f, {"kernel": kernel}, [], {"limit": limit})


def consistency(scores, augmented):
    return F.mse_loss(scores, augmented)


def latent_g(images, perturbed):
    return -F.mse_loss(images, perturbed)


def lecam(real, fake, anchorReal, anchorFake):
    return F.relu(real - anchorFake).square().mean() + F.relu(anchorReal - fake).square().mean()


def next_anchors(real, fake, anchorReal, anchorFake, decay):
    return torch.stack([anchorReal + (1 - decay) * (real.mean() - anchorReal), anchorFake + (1 - decay) * (fake.mean() - anchorFake)])


def mode_seeking(imagesA, imagesB, latentsA, latentsB):
    return 1 / (F.l1_loss(imagesA, imagesB) / F.l1_loss(latentsA, latentsB) + 1e-5)


def diversity_sensitive(imagesA, imagesB, latentsA, latentsB, tau):
    def per_sample(a, b):
        return F.l1_loss(a, b, reduction="none").flatten(1).mean(1)

    return -(per_sample(imagesA, imagesB) / (per_sample(latentsA, latentsB) + 1e-5)).clamp(max=tau).mean()


def pulling_away(codes):
    flat = codes.flatten(1)
    total = 0
    for i in range(len(flat)):
        for j in range(len(flat)):
            if i != j:
                total = total + F.cosine_similarity(flat[i], flat[j], dim=0) ** 2
    return total / (len(flat) * (len(flat) - 1))


def historical(**pairs):
    count = len(pairs) // 2
    return sum((pairs[f"weight{i}"] - pairs[f"mean{i}"]).square().sum() for i in range(count))


def next_means(t, **pairs):
    count = len(pairs) // 2
    return torch.cat([(pairs[f"mean{i}"] * (t - 1) + pairs[f"weight{i}"]).flatten() / t for i in range(count)])


def global_norm(**gradients):
    return torch.linalg.vector_norm(torch.cat([x.flatten() for x in gradients.values()]))


def simple():
    for i, (scores, images, latents) in enumerate(
        [((4,), (4, 3, 3, 1), (4, 5)), ((3, 1), (3, 2, 4, 3), (3, 2)), ((2, 3, 3, 1), (2, 5, 5, 2), (2, 8))]
    ):
        g = seeded(20 + i)
        real, fake = normal(g, *scores), normal(g, *scores)
        pair = {"imagesA": normal(g, *images), "imagesB": normal(g, *images), "latentsA": normal(g, *latents), "latentsB": normal(g, *latents)}
        yield record("drift", lambda real: real.square().mean(), {"real": real})
        yield record("interpolate", lambda real, fake, weights: torch.lerp(real, fake, spread(weights, real).expand_as(real)), {"real": real, "fake": fake, "weights": uniform(g, scores[0])})
        yield record("consistency", consistency, {"scores": real, "augmented": fake})
        yield record("latentConsistency.discriminator", consistency, {"scores": real, "augmented": fake})
        yield record("latentConsistency.generator", latent_g, {"images": pair["imagesA"], "perturbed": pair["imagesB"]})
        yield record("lecam", lecam, {"real": real, "fake": fake}, options={"anchorReal": 0.4, "anchorFake": -0.3})
        yield record("nextLecamAnchors", next_anchors, {"real": real, "fake": fake}, [], {"anchorReal": 0.4, "anchorFake": -0.3, "decay": 0.9})
        yield record("modeSeeking", mode_seeking, pair)
        yield record("diversitySensitive", diversity_sensitive, pair, options={"tau": 10.0})
        yield record("diversitySensitive", diversity_sensitive, pair, options={"tau": 1.0})
        yield record("pullingAway", pulling_away, {"codes": normal(g, *latents)})
        lists = {"weight0": normal(g, *latents), "weight1": normal(g, 3), "mean0": normal(g, *latents), "mean1": normal(g, 3)}
        yield record("historicalAveraging", historical, lists, ["weight0", "weight1"])
        yield record("nextHistoricalMeans", next_means, lists, [], {"t": 1 + 3 * i})
        yield record("globalNorm", global_norm, {"g0": normal(g, *images), "g1": normal(g, *latents)})
    extreme = torch.tensor([100.0, -100.0, 0.5]).double()
    yield record("lecam", lecam, {"real": extreme, "fake": -extreme}, options={"anchorReal": 1.0, "anchorFake": -1.0})


def per_sample():
    """The reduction 'none': each sample alone."""
    none = {"reduction": "none"}
    for critic in CRITICS:
        g = seeded(40)
        shape, weights = parameters(g, critic)
        options = {"critic": critic, **none}
        penalties = (("gradientPenalty", gradient_penalty, "points"), ("oneSidedGradientPenalty", one_sided, "points"), ("r1", zero_centred, "samples"))
        names = list(weights)
        large = {**weights, names[-1]: 3 * weights[names[-1]]}
        for name, f, samples in penalties:
            inputs = {samples: normal(g, 3, *shape), **large}
            yield record(name, one_by_one(f, samples), inputs, names, options)
    g = seeded(50)
    scores = {"scores": normal(g, 3, 2, 2, 1), "augmented": normal(g, 3, 2, 2, 1)}
    yield record("consistency", one_by_one(consistency, *scores), scores, options=none)
    images = {"images": normal(g, 3, 4, 4, 2), "perturbed": normal(g, 3, 4, 4, 2)}
    yield record("latentConsistency.generator", one_by_one(latent_g, *images), images, options=none)
    real = {"real": normal(g, 3, 2, 2, 1)}
    yield record("drift", one_by_one(lambda real: real.square().mean(), "real"), real, options=none)
    pair = {"imagesA": normal(g, 3, 3, 3, 1), "imagesB": normal(g, 3, 3, 3, 1), "latentsA": normal(g, 3, 5), "latentsB": normal(g, 3, 5)}
    yield record("diversitySensitive", one_by_one(diversity_sensitive, *pair), pair, options={"tau": 1.0, **none})
    flat = lambda gradient: gradient.square().flatten(1).sum(1).mean() / 2
    for shape in ((3, 2, 4, 1), (4, 5), (1, 3, 3, 2)):
        gradient = {"gradient": normal(g, *shape)}
        yield record("zeroCentered", flat, gradient)
        yield record("zeroCentered", one_by_one(flat, "gradient"), gradient, options=none)


def cases():
    return [*differentiated(), *path_lengths(), *kernels(), *simple(), *per_sample()]
