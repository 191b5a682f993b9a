"""The named random streams of @ganjs/random, so that PyTorch plays with the noise that the trainer draws."""
import hashlib
import json
import math
import struct

import torch

MASK = (1 << 64) - 1


def rotated(x, bits):
    return (x << bits | x >> (64 - bits)) & MASK


class Stream:
    """xoroshiro128+ from the head of the SHA-256 of the path, as `stream(seed, ...names)`."""

    def __init__(self, *path):
        digest = hashlib.sha256(json.dumps(path, separators=(",", ":")).encode()).digest()
        words = struct.unpack("<4I", digest[:16])
        self.state = words[0] << 32 | words[1], words[2] << 32 | words[3]

    def uint32(self):
        a, b = self.state
        result = (a + b) & 0xFFFFFFFF
        b ^= a
        self.state = rotated(a, 24) ^ b ^ (b << 16) & MASK, rotated(b, 37)
        return result

    def uniform(self, n):
        """n numbers in [0, 1) of 24 bits."""
        return torch.tensor([(self.uint32() >> 8) / 2**24 for _ in range(n)])

    def normal(self, *shape):
        """N(0, 1) by Box and Muller, rounded to float32."""
        values = []
        for _ in range((math.prod(shape) + 1) // 2):
            radius = math.sqrt(-2 * math.log((self.uint32() + 1) / 2**32))
            angle = 2 * math.pi * self.uint32() / 2**32
            values += [radius * math.cos(angle), radius * math.sin(angle)]
        return torch.tensor(values[: math.prod(shape)]).float().double().reshape(shape)
