// What TypeScript must know of the kernels, as source text, read off the program that the AssemblyScript compiler made.

/** A transform of the compiler that changes nothing and keeps its program. */
export function programOf() {
  return {
    program: undefined,
    afterInitialize(program) {
      this.program = program;
    },
  };
}

function fileOf(program, path) {
  const file = program.filesByName.get(path);
  if (file === undefined) throw new Error(`the compiler has read no ${path}.ts`);
  return file;
}

/** Names of AssemblyScript's types that stand for numbers in TypeScript. */
const numeric = new Set(['bool', 'i32', 'f32', 'usize']);

/** `(x: usize, out: usize): void` as `[x, out]`, with types, and the type of the result. */
function signatureOf(file, name) {
  const { parameters, returnType } = file.lookupExport(name).functionTypeNode;
  const typeOf = (node) => node.name.identifier.text;
  const types = [...parameters.map(({ type }) => typeOf(type)), typeOf(returnType)];
  const strange = types.find((type) => type !== 'void' && !numeric.has(type));
  if (strange !== undefined)
    throw new Error(`the export ${name} has the type ${strange}, which no caller can pass`);
  return {
    parameters: parameters.map(({ name: { text } }, i) => `${text}: ${types[i]}`),
    result: types.at(-1),
  };
}

/** The functions that `path` exports, as interfaces: kernels of a range, and all. */
export function describeKernels(program, path, names) {
  const file = fileOf(program, path);
  const signatures = names.map((name) => [name, signatureOf(file, name)]);
  const isRange = ([, { parameters }]) => parameters.slice(-2).join() === 'begin: i32,end: i32';
  const line = ([name, { parameters, result }]) =>
    `  readonly ${name}: (${parameters.join(', ')}) => ${result};`;
  const ranges = signatures.filter(isRange);
  const others = signatures.filter((signature) => !isRange(signature));
  return `/** AssemblyScript's names of what is a number here. */
${[...numeric].map((type) => `type ${type} = number;`).join('\n')}

/** The functions that compute the range [begin, end) of their output. */
export interface RangeKernels {
${ranges.map(line).join('\n')}
}

/** The functions that every variant exports. */
export interface KernelExports extends RangeKernels {
${others.map(line).join('\n')}
}

/** Names in the order by which threads refer to them. */
export const rangeKernels: readonly (keyof RangeKernels)[] = [
${ranges.map(([name]) => `  '${name}',`).join('\n')}
];
`;
}

/** The enums that `path` exports, as objects of numbers. */
export function describeConstants(program, path) {
  return [...fileOf(program, path).exports]
    .map(([name, { members }]) => {
      const values = [...members].map(([member, value]) => `  ${member}: ${value.constantIntegerValue},`);
      return `export const ${name} = {\n${values.join('\n')}\n} as const;\n`;
    })
    .join('\n');
}
