import { defineConfig, type Options } from 'tsup';

/** One build for every package, whose entries alone differ: ES modules for any platform, with their types. */
export const library = (entry: NonNullable<Options['entry']>) =>
  defineConfig({
    entry,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    external: [/^node:/],
    removeNodeProtocol: false,
    dts: true,
    clean: true,
    sourcemap: true,
    // The sources come along in src: the maps point to them.
    esbuildOptions: (options) => {
      options.sourcesContent = false;
    },
  });
