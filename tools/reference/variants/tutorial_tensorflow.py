"""
Holds what tutorial.py recorded against TensorFlow itself: the step of the tutorial, with two tapes and Keras.

Needs `pip install tensorflow-cpu` beside PyTorch. Writes nothing.
"""
import json
import struct

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

from reference import FIXTURES
from streams import Stream

LATENT = 6
BATCH = 4
SLOPE = 0.3
# Keras adds epsilon to the root of the second moment before it is corrected, PyTorch and ganjs after, as the paper's
# algorithm 1. At the first step this is the 1e-7 of the latter.
EPSILON = 1e-7 * (1 - 0.999) ** 0.5


def read(path):
    """The tensors of a file that `write` made, in float64; labels in int32."""
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header, body = json.loads(content[8 : 8 + length]), content[8 + length :]
    del header["__metadata__"]
    tensors = {}
    for name, entry in header.items():
        stored, wanted = {"F32": ("<f4", np.float64), "I32": ("<i4", np.int32)}[entry["dtype"]]
        begin, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(body[begin:end], stored).reshape(entry["shape"]).astype(wanted)
    return tensors


def group(tensors, prefix):
    """The tensors `prefix/0`, `prefix/1`, …"""
    return [tensors[f"{prefix}/{i}"] for i in range(sum(name.startswith(f"{prefix}/") for name in tensors))]


def labeled(x, classes, side):
    label = keras.Input((), dtype="int32")
    plane = layers.Dense(side * side)(layers.Embedding(classes, 50)(label))
    return label, layers.Concatenate()([x, layers.Reshape((side, side, 1))(plane)])


def make_generator(side, channels, classes):
    inputs = [keras.Input((LATENT,))]
    first = side // 4
    x = layers.Dense(first * first * 8, use_bias=False)(inputs[0])
    x = layers.LeakyReLU(SLOPE)(layers.BatchNormalization()(x))
    x = layers.Reshape((first, first, 8))(x)
    if classes:
        label, x = labeled(x, classes, first)
        inputs.append(label)
    x = layers.Conv2DTranspose(4, 5, strides=1, padding="same", use_bias=False)(x)
    x = layers.LeakyReLU(SLOPE)(layers.BatchNormalization()(x))
    x = layers.Conv2DTranspose(2, 5, strides=2, padding="same", use_bias=False)(x)
    x = layers.LeakyReLU(SLOPE)(layers.BatchNormalization()(x))
    x = layers.Conv2DTranspose(channels, 5, strides=2, padding="same", use_bias=False, activation="tanh")(x)
    return keras.Model(inputs, x)


def make_discriminator(side, channels, classes):
    inputs = [keras.Input((side, side, channels))]
    x = inputs[0]
    if classes:
        label, x = labeled(x, classes, side)
        inputs.append(label)
    x = layers.LeakyReLU(SLOPE)(layers.Conv2D(4, 5, strides=2, padding="same")(x))
    x = layers.LeakyReLU(SLOPE)(layers.Conv2D(8, 5, strides=2, padding="same")(x))
    return keras.Model(inputs, layers.Dense(1)(layers.Flatten()(x)))


def apart(name, ours, theirs):
    """The largest difference as a share of the tensor's largest value, and by itself."""
    difference = np.abs(ours - theirs).max()
    return difference / np.abs(theirs).max(), difference, name


def compare(name):
    file = read(FIXTURES / f"{name}.safetensors")
    real = tf.constant(file["data/images"])
    told = [tf.constant(file["data/labels"])] if "data/labels" in file else []
    side, channels = real.shape[2:]
    classes = int(file["data/labels"].max()) + 1 if told else 0
    generator = make_generator(side, channels, classes)
    discriminator = make_discriminator(side, channels, classes)
    players = {"generator": generator, "discriminator": discriminator}
    for player, network in players.items():
        weights = group(file, f"{player}/weights")
        for variable, value in zip(network.trainable_variables, weights):
            assert variable.shape == value.shape, (player, variable.path, variable.shape, value.shape)
            variable.assign(value)

    # From here on as the tutorial's train_step.
    cross_entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    optimizers = {player: keras.optimizers.Adam(1e-4, epsilon=EPSILON) for player in players}
    noise = tf.constant(Stream(0, "noise", 0, 0, 0).normal(BATCH, LATENT).numpy())
    with tf.GradientTape() as gen_tape, tf.GradientTape() as disc_tape:
        generated_images = generator([noise, *told], training=True)
        real_output = discriminator([real, *told], training=True)
        fake_output = discriminator([generated_images, *told], training=True)
        gen_loss = cross_entropy(tf.ones_like(fake_output), fake_output)
        real_loss = cross_entropy(tf.ones_like(real_output), real_output)
        disc_loss = real_loss + cross_entropy(tf.zeros_like(fake_output), fake_output)
    gradients = {
        "generator": gen_tape.gradient(gen_loss, generator.trainable_variables),
        "discriminator": disc_tape.gradient(disc_loss, discriminator.trainable_variables),
    }
    # An embedding's gradient comes as rows; Keras' Adam would square those of equal labels one by one, not their sum.
    gradients = {player: [tf.convert_to_tensor(each) for each in own] for player, own in gradients.items()}
    for player, network in players.items():
        optimizers[player].apply_gradients(zip(gradients[player], network.trainable_variables))

    losses = {"generator": gen_loss, "discriminator": disc_loss}
    found = {"losses": [], "gradients": [], "weights": []}
    for player, network in players.items():
        key = f"losses/{player}/adversarial"
        found["losses"].append(apart(key, losses[player].numpy(), file[key]))
        for i, (gradient, variable) in enumerate(zip(gradients[player], network.trainable_variables)):
            key = f"gradients/{player}/{i}"
            found["gradients"].append(apart(key, gradient.numpy(), file[key]))
            key = f"after/{player}/{i}"
            found["weights"].append(apart(key, variable.numpy(), file[key]))
    for kind, differences in found.items():
        share, difference, where = max(differences)
        print(f"{name}: {kind} differ by {difference:.1e}, {share:.1e} of the largest value, in {where}")
    # What storing float32 leaves.
    assert max(found["losses"])[0] < 1e-7
    assert max(found["gradients"])[0] < 1e-7
    assert max(found["weights"])[0] < 1e-7


keras.backend.set_floatx("float64")
for name in "dcgan-tutorial", "cgan-tutorial":
    compare(name)
