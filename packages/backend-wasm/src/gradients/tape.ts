import { type Operation, type Replacement, replaceGradients, UnsupportedEngineError } from '@ganjs/autodiff';
import { BACKEND_NAME } from '../name.js';
import { batchNormNode, noteMean } from './batchNorm.js';
import { fusedConv2dNode, fusedMatMulNode } from './fusedProducts.js';
import { rectifierNode } from './rectifiers.js';
import { meanNode, sumNode } from './reductions.js';

const cheaper: Readonly<Record<string, (operation: Operation) => Replacement | undefined>> = {
  FusedBatchNorm: batchNormNode,
  fusedConv2d__op: fusedConv2dNode,
  fusedMatMul__op: fusedMatMulNode,
  LeakyRelu: rectifierNode,
  Relu: rectifierNode,
  Sum: sumNode,
  Mean: (operation) => {
    noteMean(operation);
    return meanNode(operation);
  },
};

/**
 * Lets the engine record cheaper derivatives of some operations while this backend computes. The gradients in
 * TensorFlow.js's registry are made for all backends, of small operations, and those of fused operations compute also
 * what nobody asks for. They are still used where a gradient is itself differentiated.
 *
 * An engine that records in another way than 4.22 does keeps its own gradients.
 */
export function recordCheaperGradients(): void {
  try {
    replaceGradients(BACKEND_NAME, cheaper);
  } catch (error) {
    if (!(error instanceof UnsupportedEngineError)) throw error;
  }
}
