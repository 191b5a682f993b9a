import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { expect, it, vi } from 'vitest';
import * as layers from '../src/index.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

it('shows an example that runs', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  tf.engine().startScope();
  await import('./example.js');
  tf.engine().endScope();
  expect(log).toHaveBeenCalledWith([8, 1]);
  log.mockRestore();
  tf.disposeVariables();
  expect(read('../README.md')).toContain(read('./example.ts').replace('../src/index.js', '@ganjs/layers'));
});

it('lists every layer, and every layer is registered under the namespace', () => {
  const readme = read('../README.md');
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  const classes = Object.entries(layers).filter(
    ([name, value]) => typeof value === 'function' && 'className' in value && name !== 'GanLayer',
  ) as [string, tf.serialization.SerializableConstructor<tf.serialization.Serializable>][];
  expect(classes.length).toBeGreaterThan(25);
  for (const [name, cls] of classes) {
    expect(cls.className).toBe(`Ganjs>${name}`);
    expect(classNameMap[cls.className]?.[0]).toBe(cls);
    const factory = name[0]!.toLowerCase() + name.slice(1);
    expect(layers, `the factory of ${name}`).toHaveProperty(factory);
    expect(readme, `${factory} in the README`).toContain(`\`${factory}\``);
  }
  for (const op of Object.keys(layers.ops)) expect(readme, `ops.${op} in the README`).toContain(`\`${op}\``);
});
