"""Reference values for @ganjs/metrics by numpy and scipy: python3 tools/reference/metrics/generate.py"""

import json
import pathlib

import numpy as np
import scipy
from scipy.linalg import sqrtm
from scipy.spatial.distance import cdist

FIXTURES = pathlib.Path(__file__).resolve().parents[3] / "packages/metrics/fixtures"
VERSIONS = {"numpy": np.__version__, "scipy": scipy.__version__}


def waves(n, d):
    """Rows i = 1..n, columns j = 1..d of sin(0.37 i j) + 0.1 j: the tests compute them too."""
    i, j = np.mgrid[1 : n + 1, 1 : d + 1]
    return np.sin(0.37 * i * j) + 0.1 * j


def shifted_waves(n, d):
    """Rows i = 1..n, columns j = 1..d of 1.2 cos(0.29 i (j + 1)) + 0.05 j + 0.01 i / n."""
    i, j = np.mgrid[1 : n + 1, 1 : d + 1]
    return 1.2 * np.cos(0.29 * i * (j + 1)) + 0.05 * j + 0.01 * i / n


def frechet(x, y, ddof):
    """By the general matrix square root, the definition: for covariances of full rank."""
    s1, s2 = np.cov(x, rowvar=False, ddof=ddof), np.cov(y, rowvar=False, ddof=ddof)
    root = sqrtm(s1 @ s2).real
    shift = x.mean(0) - y.mean(0)
    return float(shift @ shift + np.trace(s1) + np.trace(s2) - 2 * np.trace(root))


def frechet_by_samples(x, y):
    """By the nuclear norm of the product of the centred samples: exact at any rank."""
    a = (x - x.mean(0)) / np.sqrt(len(x) - 1)
    b = (y - y.mean(0)) / np.sqrt(len(y) - 1)
    shift = x.mean(0) - y.mean(0)
    nuclear = np.linalg.svd(a @ b.T, compute_uv=False).sum()
    return float(shift @ shift + (a**2).sum() + (b**2).sum() - 2 * nuclear)


def frechet_cases():
    random = np.random.default_rng(7)
    cases = []
    for n, m, d in [(50, 40, 4), (12, 10, 3), (120, 100, 24)]:
        x, y = (waves(n, d), shifted_waves(m, d)) if d < 24 else (None, None)
        case = {"n": n, "m": m, "width": d}
        if x is None:
            # Features like those behind a ReLU, with a decaying spectrum; rounded so that JSON carries them.
            decay = 0.85 ** np.arange(d)
            mix = random.normal(size=(d, d)) * decay
            x = np.maximum(random.normal(size=(n, d)) @ mix.T, 0).round(3)
            y = np.maximum(random.normal(size=(m, d)) @ mix.T + 0.1, 0).round(3)
            case |= {"x": x.ravel().tolist(), "y": y.ravel().tolist()}
        case |= {"sample": frechet(x, y, 1), "population": frechet(x, y, 0)}
        assert abs(case["sample"] - frechet_by_samples(x, y)) < 1e-10 * (1 + case["sample"])
        cases.append(case)
    for n, m, d in [(3, 4, 5), (20, 30, 40)]:
        case = {"n": n, "m": m, "width": d, "singular": True}
        cases.append(case | {"sample": frechet_by_samples(waves(n, d), shifted_waves(m, d))})
    return cases


def kernel_distance(x, y, estimator):
    k = lambda a, b: (a @ b.T / a.shape[1] + 1) ** 3
    n, xx, yy, xy = len(x), k(x, x), k(y, y), k(x, y)
    if estimator == "biased":
        return float(xx.mean() + yy.mean() - 2 * xy.mean())
    off = xx.sum() - np.trace(xx) + yy.sum() - np.trace(yy)
    return float(off / (n * (n - 1)) - 2 * xy.mean())


def kernel_cases():
    return [
        {"n": n, "width": d} | {e: kernel_distance(waves(n, d), shifted_waves(n, d), e) for e in ("unbiased", "biased")}
        for n, d in [(40, 4), (3, 2), (25, 30)]
    ]


def radii(x, k):
    return np.sort(cdist(x, x), axis=1)[:, k]


def manifold(real, fake, k):
    r, f = radii(real, k), radii(fake, k)
    d = cdist(real, fake)
    return {
        "k": k,
        "precision": float((d <= r[:, None]).any(0).mean()),
        "recall": float((d <= f[None, :]).any(1).mean()),
        "density": float((d < r[:, None]).sum(0).mean() / k),
        "coverage": float((d.min(1) < r).mean()),
    }


def manifold_cases():
    grid = np.array([[x, y] for x in range(4) for y in range(3)], float)
    near = np.array(
        [[0.5, 0.5], [1.5, 0.5], [1.5, 1.5], [2.5, 1.5], [0.5, 1.5], [9, 9], [9, 9.5], [9.5, 9]], float
    )
    line = lambda *v: np.array(v, float)[:, None]
    sets = [
        (grid, near, (1, 3, 5)),
        (line(0, 1, 3, 6, 10), line(0.5, 2, 20, 21, 23), (1, 2)),
        (line(0, 1, 3), line(-1, 5, 2), (1,)),
        (waves(30, 4), shifted_waves(25, 4), (3, 5)),
    ]
    return [
        {"width": r.shape[1], "real": r.ravel().tolist(), "fake": f.ravel().tolist(), "scores": [manifold(r, f, k) for k in ks]}
        for r, f, ks in sets
    ]


def inception(p, splits):
    n = len(p)
    scores = []
    for s in range(splits):
        part = p[s * n // splits : (s + 1) * n // splits]
        kl = part * (np.log(part) - np.log(part.mean(0)))
        scores.append(np.exp(kl.sum(1).mean()))
    return {"splits": splits, "mean": float(np.mean(scores)), "deviation": float(np.std(scores))}


def inception_cases():
    def softmax_waves(n, k):
        i, j = np.mgrid[0:n, 0:k]
        e = np.exp(3 * np.sin(1.1 * i + 0.7 * j**2))
        return e / e.sum(1, keepdims=True)

    return [
        {"n": n, "classes": 5} | inception(softmax_waves(n, 5), splits)
        for n, splits in [(20, 1), (20, 2), (20, 10), (23, 10)]
    ]


def gaussian_window(taps=11, sigma=1.5):
    x = np.arange(taps) - (taps - 1) / 2
    g = np.exp(-(x**2) / (2 * sigma**2))
    return g / g.sum()


def blur(image, window):
    rows = np.apply_along_axis(np.convolve, 0, image, window, "valid")
    return np.apply_along_axis(np.convolve, 1, rows, window, "valid")


def ssim(a, b, span):
    w = gaussian_window()
    ma, mb = blur(a, w), blur(b, w)
    va, vb, vab = blur(a * a, w) - ma**2, blur(b * b, w) - mb**2, blur(a * b, w) - ma * mb
    c1, c2 = (0.01 * span) ** 2, (0.03 * span) ** 2
    cs = (2 * vab + c2) / (va + vb + c2)
    return float((cs * (2 * ma * mb + c1) / (ma**2 + mb**2 + c1)).mean()), float(cs.mean())


def ms_ssim(a, b, span):
    weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]
    value = 1.0
    for scale, weight in enumerate(weights):
        full, cs = ssim(a, b, span)
        value *= max(full if scale == 4 else cs, 0) ** weight
        halve = lambda t: (t[::2, ::2] + t[1::2, ::2] + t[::2, 1::2] + t[1::2, 1::2]) / 4
        if scale < 4:
            a, b = halve(a), halve(b)
    return float(value)


def image_pair(n):
    y, x = np.mgrid[0:n, 0:n]
    a = ((7 * y + 3 * x) % 256).astype(float)
    return a, np.clip(a + ((x * y) % 17) - 8, 0, 255)


def similarity_cases():
    cases = []
    for n, low, high in [(32, 0, 255), (32, 0, 1), (32, -1, 1), (192, 0, 255), (192, -1, 1)]:
        a, b = (low + (high - low) * t / 255 for t in image_pair(n))
        span = high - low
        case = {"size": n, "low": low, "high": high}
        case["psnr"] = float(10 * np.log10(span**2 / ((a - b) ** 2).mean()))
        case["ssim"] = ssim(a, b, span)[0]
        if n >= 176:
            case["msSsim"] = ms_ssim(a, b, span)
        cases.append(case)
    return cases


def write(name, cases):
    text = json.dumps({"versions": VERSIONS, "cases": cases})
    (FIXTURES / f"{name}.json").write_text(text + "\n")
    print(name, [{k: v for k, v in c.items() if not isinstance(v, list)} for c in cases])


if __name__ == "__main__":
    FIXTURES.mkdir(exist_ok=True)
    write("frechet", frechet_cases())
    write("kernelDistance", kernel_cases())
    write("manifold", manifold_cases())
    write("inceptionScore", inception_cases())
    write("similarity", similarity_cases())
