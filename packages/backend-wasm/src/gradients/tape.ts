import { BACKEND_NAME } from '../name.ts';
import { batchNormNode, noteMean } from './batchNorm.ts';
import { fusedConv2dNode, fusedMatMulNode } from './fusedProducts.ts';
import { type Operation, type Recorder, type Replacement, recorder } from './recorder.ts';
import { rectifierNode } from './rectifiers.ts';
import { meanNode, sumNode } from './reductions.ts';

const replacements: Readonly<Record<string, (operation: Operation) => Replacement | undefined>> = {
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

const replacing = Symbol.for('@ganjs/backend-wasm/tape');

/**
 * Lets the engine record cheaper derivatives of some operations while this backend computes. The gradients in
 * TensorFlow.js's registry are made for all backends, of small operations, and those of fused operations compute also
 * what nobody asks for. They are still used where a gradient is itself differentiated.
 *
 * An engine that records in another way than 4.22 does keeps its own gradients.
 */
export function recordCheaperGradients(): void {
  const recording: Recorder & { [replacing]?: true } = recorder();
  const { addTapeNode } = recording;
  if (recording[replacing] || addTapeNode === undefined) return;
  recording[replacing] = true;
  recording.addTapeNode = (name, inputs, outputs, gradient, saved, attrs) => {
    const ours = recording.backendName === BACKEND_NAME;
    const cheaper = ours ? replacements[name]?.({ name, inputs, outputs, saved, attrs }) : undefined;
    // A name that the registry does not know keeps the engine from looking for a gradient there.
    const recordedName = cheaper ? `${name} of ${BACKEND_NAME}` : name;
    addTapeNode.call(
      recording,
      recordedName,
      cheaper?.inputs ?? inputs,
      outputs,
      cheaper?.gradient ?? gradient,
      saved,
      attrs,
    );
  };
}
