// A module of its own that tells which register block the engine runs faster: see src/runtime/wide.ts.
import { micro16 } from './micro16';
import { micro8 } from './micro8';
import { Probe, RegisterBlock } from './shared';

/** `times` register blocks of six rows and, if `wide`, 16 columns, else 8, over 128 steps. */
export function probe(wide: bool, times: i32): void {
  for (let r = 0; r < RegisterBlock.ROWS; r++) store<i32>(Probe.ROW_TABLE + r * 4, Probe.C + r * 64);
  for (let i = 0; i < times; i++) {
    if (wide) micro16(Probe.STEPS, Probe.A, 24, Probe.B, Probe.ROW_TABLE, 0, false);
    else micro8(Probe.STEPS, Probe.A, 24, Probe.B, Probe.ROW_TABLE, 0, false);
  }
}
