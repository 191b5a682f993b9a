"""Writes the fixtures of @ganjs/losses: python3 tools/reference/losses/generate.py"""

import adversarial
import auxiliary
import regularizers
from recording import write

for module in (adversarial, regularizers, auxiliary):
    write("losses", module.__name__, module.cases())
