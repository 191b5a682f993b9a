"""Auxiliary losses: library functions and explicit loops, so that a vectorized slip cannot be written twice."""

import torch
import torch.nn.functional as F
from critics import conv
from recording import mean_of_rows, normal, one_by_one, record, seeded

IMAGES = [(2, 5, 5, 3), (1, 6, 7, 2), (3, 8, 6, 1)]


def charbonnier(prediction, target, epsilon):
    return torch.hypot(prediction - target, torch.full_like(target, epsilon)).mean()


def total_variation(images):
    n = images.shape[0]
    return ((images[:, 1:] - images[:, :-1]).abs().sum() + (images[:, :, 1:] - images[:, :, :-1]).abs().sum()) / n


def features(images, k1, k2):
    """Two feature maps of a fixed network."""
    first = torch.tanh(conv(images, k1))
    return [first, torch.tanh(conv(first, k2, stride=2))]


def perceptual(images, target, k1, k2, weights, distance):
    measure = {"l1": F.l1_loss, "l2": F.mse_loss}[distance]
    pairs = zip(features(images, k1, k2), features(target, k1, k2))
    return sum(w * measure(a, b) for w, (a, b) in zip(weights, pairs))


def gram(x):
    n, h, w, c = x.shape
    return torch.einsum("nhwi,nhwj->nij", x, x) / (h * w * c)


def style(images, target, k1, k2, weights):
    pairs = zip(features(images, k1, k2), features(target, k1, k2))
    return sum(w * torch.linalg.matrix_norm(gram(a) - gram(b)).square().mean() for w, (a, b) in zip(weights, pairs))


def feature_matching(real, fake):
    return F.mse_loss(real.mean(0), fake.mean(0), reduction="sum")


def multi_scale(**maps):
    """Maps named real<scale>_<layer> and fake<scale>_<layer>."""
    real = {k[4:]: x for k, x in maps.items() if k.startswith("real")}
    scales = {k.split("_")[0] for k in real}
    total = 0
    for scale in scales:
        layers = [k for k in real if k.split("_")[0] == scale]
        for k in layers:
            total = total + 4 / len(layers) / len(scales) * F.l1_loss(maps[f"fake{k}"], real[k])
    return total


def contextual(features, target, bandwidth):
    total = 0
    for x, y in zip(features, target):
        x, y = x.reshape(-1, x.shape[-1]), y.reshape(-1, y.shape[-1])
        centre = y.mean(0)
        rows = []
        for p in x:
            d = torch.stack([(1 - F.cosine_similarity(p - centre, q - centre, dim=0)) / 2 for q in y])
            w = torch.exp((1 - d / (d.min() + 1e-5)) / bandwidth)
            rows.append(w / w.sum())
        total = total - torch.log(torch.stack(rows).max(0).values.mean())
    return total / len(features)


def categorical(logits, codes):
    k = logits.shape[1]
    prior = torch.distributions.Categorical(logits=torch.zeros(k, dtype=torch.float64))
    return -(prior.entropy() + torch.distributions.Categorical(logits=logits).log_prob(codes).mean())


def gaussian_information(codes, mean, logVariance=None):
    sigma = torch.ones_like(mean) if logVariance is None else torch.exp(logVariance / 2)
    entropy = torch.distributions.Uniform(torch.tensor(-1.0).double(), torch.tensor(1.0).double()).entropy()
    bound = entropy + torch.distributions.Normal(mean, sigma).log_prob(codes)
    return -bound.sum(1).mean()


def gaussian_kl(mean, logVariance):
    q = torch.distributions.Normal(mean, torch.exp(logVariance / 2))
    p = torch.distributions.Normal(torch.zeros_like(mean), torch.ones_like(mean))
    return torch.distributions.kl_divergence(q, p).sum(1).mean()


def projection(unconditional, features, embedding):
    return unconditional + F.bilinear(features, embedding, torch.eye(features.shape[1]).double()[None])


def cosine(image, text):
    target = torch.ones(len(image), dtype=torch.float64)
    return F.cosine_embedding_loss(image, text, target)


def spherical(image, text):
    return F.cosine_similarity(image, text).arccos().square().mean()


def posterior(scores, classes, reduction):
    """Cross entropy of the right pairs, both ways; other pairs of one class are left out."""
    n = len(scores)
    terms = []
    for i in range(n):
        others = [j for j in range(n) if j == i or classes is None or classes[j] != classes[i]]
        right = torch.tensor([others.index(i)])
        terms.append(F.cross_entropy(scores[i, others][None], right) + F.cross_entropy(scores[others, i][None], right))
    return torch.stack(terms) if reduction == "none" else sum(terms) / n


def word_scores(regions, words, lengths, gamma1, gamma2):
    """R[image, caption], one pair at a time, captions cut to their lengths."""
    rows = []
    for image in regions:
        image = image.reshape(-1, image.shape[-1])
        row = []
        for caption, length in zip(words, lengths):
            caption = caption[:length]
            normalized = F.softmax(caption @ image.T, dim=0)
            attention = F.softmax(gamma1 * normalized, dim=1)
            cosines = F.cosine_similarity(attention @ image, caption, dim=1)
            row.append(torch.log(torch.exp(gamma2 * cosines).sum() ** (1 / gamma2)))
        rows.append(torch.stack(row))
    return torch.stack(rows)


def word_matching(regions, words, gamma1, gamma2, gamma3, lengths=None, classes=None, reduction="mean"):
    lengths = lengths or [words.shape[1]] * len(words)
    return posterior(gamma3 * word_scores(regions, words, lengths, gamma1, gamma2), classes, reduction)


def sentence_matching(images, sentences, gamma3, classes=None, reduction="mean"):
    scores = torch.stack([F.cosine_similarity(image[None], sentences) for image in images])
    return posterior(gamma3 * scores, classes, reduction)


def pixel_cases():
    for i, shape in enumerate(IMAGES):
        g = seeded(i)
        a, b = normal(g, *shape), normal(g, *shape)
        yield record("l1", lambda prediction, target: F.l1_loss(prediction, target), {"prediction": a, "target": b})
        yield record("l2", lambda prediction, target: F.mse_loss(prediction, target), {"prediction": a, "target": b})
        yield record("charbonnier", charbonnier, {"prediction": a, "target": b}, options={"epsilon": 10.0 ** -(1 + i)})
        yield record("cycleConsistency", lambda image, cycled: F.l1_loss(cycled, image), {"image": a, "cycled": b})
        yield record("identityMapping", lambda image, mapped: F.l1_loss(mapped, image), {"image": a, "mapped": b})
        yield record("totalVariation", total_variation, {"images": a})
    far = torch.tensor([[100.0, -100.0, 0.0]]).double()
    for name, f in (("l1", F.l1_loss), ("l2", F.mse_loss)):
        yield record(name, lambda prediction, target: f(prediction, target), {"prediction": far, "target": -far})


def feature_cases():
    for i, shape in enumerate(IMAGES):
        g = seeded(10 + i)
        network = {"k1": normal(g, 3, 3, shape[3], 4, scale=0.4), "k2": normal(g, 2, 2, 4, 3, scale=0.5)}
        pair = {"images": normal(g, *shape), "target": normal(g, *shape)}
        for distance in ("l1", "l2"):
            options = {"weights": [0.25, 1.5], "distance": distance}
            yield record("perceptual", perceptual, {**pair, **network}, ["images", "target"], options)
        yield record("style", style, {**pair, **network}, ["images", "target"], {"weights": [0.25, 1.5]})
        yield record("gram", gram, {"x": pair["images"]})
        real, fake = normal(g, 3, *shape[1:]), normal(g, 2, *shape[1:])
        yield record("featureMatching", feature_matching, {"real": real, "fake": fake})
        maps = {}
        for kind in ("real", "fake"):
            for s in range(1 + i):
                for t in range(3 + i % 2):
                    maps[f"{kind}{s}_{t}"] = normal(g, 2, 4 - s, 3, 1 + t)
        yield record("multiScaleFeatureMatching", multi_scale, maps)
    for i, (x, y) in enumerate([((2, 4, 3), (2, 4, 3)), ((1, 3, 2, 4), (1, 2, 2, 4)), ((3, 5, 2), (3, 3, 2))]):
        g = seeded(20 + i)
        yield record("contextual", contextual, {"features": normal(g, *x), "target": normal(g, *y)}, options={"bandwidth": [0.5, 0.5, 0.2][i]})


def code_cases():
    for i, (n, k) in enumerate([(4, 3), (2, 10), (5, 2)]):
        g = seeded(30 + i)
        labels = torch.randint(k, (n,), generator=g)
        for scale in (1, 100):
            logits = normal(g, n, k, scale=scale)
            yield record("classification", cross_entropy, {"logits": logits, "labels": labels})
            yield record("categoricalInformation", categorical, {"logits": logits, "codes": labels})
        codes, mean = normal(g, n, k), normal(g, n, k)
        yield record("gaussianInformation", gaussian_information, {"codes": codes, "mean": mean})
        yield record("gaussianInformation", gaussian_information, {"codes": codes, "mean": mean, "logVariance": normal(g, n, k)})
        yield record("gaussianKl", gaussian_kl, {"mean": mean, "logVariance": normal(g, n, k)})
        yield record("projection", projection, {"unconditional": normal(g, n, 1), "features": codes, "embedding": mean})
        yield record("cosineGuidance", cosine, {"image": codes, "text": mean})
        yield record("sphericalGuidance", spherical, {"image": codes, "text": mean})


def cross_entropy(logits, labels):
    return F.cross_entropy(logits, labels)


def matching_cases():
    sharp = {"gamma1": 4.0, "gamma2": 5.0, "gamma3": 10.0}
    for i, (n, t, grid, d) in enumerate([(2, 2, (2, 2), 3), (3, 4, (6,), 5), (4, 3, (3, 2), 4)]):
        g = seeded(40 + i)
        inputs = {"regions": normal(g, n, *grid, d), "words": normal(g, n, t, d)}
        yield record("wordMatching", word_matching, inputs, options=sharp)
        marked = {**sharp, "lengths": [1 + (j + 1) % t for j in range(n)], "classes": [j // 2 for j in range(n)]}
        yield record("wordMatching", word_matching, inputs, options=marked)
        whole = {"images": normal(g, n, d), "sentences": normal(g, n, d)}
        yield record("sentenceMatching", sentence_matching, whole, options={"gamma3": 10.0})
        yield record("sentenceMatching", sentence_matching, whole, options={"gamma3": 10.0, "classes": [j % 2 for j in range(n)]})


def per_sample():
    """The reduction 'none': of PyTorch where it has one, else each sample alone."""
    none = {"reduction": "none"}
    g = seeded(50)
    shape = (3, 5, 4, 2)
    a, b = normal(g, *shape), normal(g, *shape)
    pair = {"prediction": a, "target": b}
    for name, f in (("l1", F.l1_loss), ("l2", F.mse_loss)):
        rows = lambda prediction, target, reduction: mean_of_rows(f(prediction, target, reduction=reduction))
        yield record(name, rows, pair, options=none)
    yield record("charbonnier", one_by_one(charbonnier, *pair), pair, options={"epsilon": 0.1, **none})
    yield record("totalVariation", one_by_one(total_variation, "images"), {"images": a}, options=none)
    network = {"k1": normal(g, 3, 3, 2, 4, scale=0.4), "k2": normal(g, 2, 2, 4, 3, scale=0.5)}
    images = {"images": a, "target": b}
    for name, f, extra in (("perceptual", perceptual, {"distance": "l1"}), ("style", style, {})):
        options = {"weights": [0.25, 1.5], **extra, **none}
        yield record(name, one_by_one(f, *images), {**images, **network}, list(images), options)
    maps = {f"{kind}{s}_{t}": normal(g, 3, 4 - s, 3, 1 + t) for kind in ("real", "fake") for s in range(2) for t in range(3)}
    yield record("multiScaleFeatureMatching", one_by_one(multi_scale, *maps), maps, options=none)
    points = {"features": normal(g, 3, 4, 2), "target": normal(g, 3, 5, 2)}
    yield record("contextual", one_by_one(contextual, *points), points, options={"bandwidth": 0.5, **none})

    logits, labels = normal(g, 4, 3), torch.tensor([2, 0, 1, 2])
    classes = lambda logits, labels, reduction: F.cross_entropy(logits, labels, reduction=reduction)
    yield record("classification", classes, {"logits": logits, "labels": labels}, options=none)
    coded = {"logits": logits, "codes": labels}
    yield record("categoricalInformation", one_by_one(categorical, *coded), coded, options=none)
    gaussian = {"mean": normal(g, 4, 3), "logVariance": normal(g, 4, 3)}
    yield record("gaussianKl", one_by_one(gaussian_kl, *gaussian), gaussian, options=none)
    coded = {"codes": normal(g, 4, 3), **gaussian}
    yield record("gaussianInformation", one_by_one(gaussian_information, *coded), coded, options=none)
    embedded = {"image": normal(g, 4, 3), "text": normal(g, 4, 3)}
    guided = lambda image, text, reduction: F.cosine_embedding_loss(image, text, torch.ones(4).double(), reduction=reduction)
    yield record("cosineGuidance", guided, embedded, options=none)
    yield record("sphericalGuidance", one_by_one(spherical, *embedded), embedded, options=none)

    words = {"regions": normal(g, 3, 2, 2, 4), "words": normal(g, 3, 3, 4)}
    yield record("wordMatching", word_matching, words, options={"gamma1": 4.0, "gamma2": 5.0, "gamma3": 10.0, **none})
    sentences = {"images": normal(g, 4, 3), "sentences": normal(g, 4, 3)}
    yield record("sentenceMatching", sentence_matching, sentences, options={"gamma3": 10.0, "classes": [0, 1, 0, 1], **none})


def cases():
    return [*pixel_cases(), *feature_cases(), *code_cases(), *matching_cases(), *per_sample()]
