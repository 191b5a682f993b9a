import type { ImageShape } from '@ganjs/datasets';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { type BuildContext, buildContext, classesOf } from './index.js';

const image = { height: 8, width: 8, channels: 3 };
const source = { height: 4, width: 4, channels: 3 };
const info = { name: 'faces', size: 10, image };

describe('buildContext', () => {
  it('holds what the data tells of itself', () => {
    expect(buildContext('image-synthesis', info, { seed: 3 })).toEqual({ image, classes: 0, seed: 3 });
    const labelled = { ...info, classes: ['a', 'b'] };
    expect(buildContext('class-conditional', labelled, { seed: 3 })).toEqual({ image, classes: 2, seed: 3 });
    const pairs = { ...info, source, paired: true };
    expect(buildContext('super-resolution', pairs, { seed: 3 })).toEqual({
      image,
      source,
      classes: 0,
      seed: 3,
    });
    const captions = { ...info, captioned: true, embedding: 512 };
    expect(buildContext('text-to-image', captions, { seed: 3 })).toMatchObject({ embedding: 512 });
  });

  it('promises by its type what the task needs, and no more', () => {
    expectTypeOf<BuildContext<'super-resolution'>['source']>().toEqualTypeOf<ImageShape>();
    expectTypeOf<BuildContext<'text-to-image'>['embedding']>().toEqualTypeOf<number>();
    expectTypeOf<BuildContext['embedding']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<{ image: typeof image; classes: 0; seed: 1 }>().toExtend<BuildContext<'image-synthesis'>>();
  });

  it.each([
    ['class-conditional', info, 'needs images with class labels, but faces has images of 8x8x3'],
    ['paired-translation', { ...info, source }, 'has two domains of 4x4x3 and 8x8x3'],
    [
      'super-resolution',
      { ...info, source: image, paired: true },
      'needs pairs of a small and a large image',
    ],
    ['text-to-image', info, 'needs images with captions'],
    ['text-to-image', { ...info, captioned: true }, 'needs the embedding of each caption'],
  ] as const)('%s says what is missing', (task, told, message) => {
    expect(() => buildContext(task, told, { seed: 1 })).toThrow(message);
  });
});

it('classesOf counts what one can ask for', () => {
  const labelled = { ...info, classes: ['a', 'b'] };
  expect(classesOf('class-conditional', labelled)).toBe(2);
  expect(classesOf('image-synthesis', labelled)).toBe(0);
  expect(classesOf('image-synthesis', labelled, 10)).toBe(10);
});
