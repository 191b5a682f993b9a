import { LayerConfigError } from '../errors.js';

/** A low-pass filter, in cycles per unit. */
export interface LowpassOptions {
  /** Number of taps, n. */
  taps: number;
  /** Cutoff frequency, in (0, rate / 2]. */
  cutoff: number;
  /** Width of the transition band, > 0. */
  width: number;
  /** Sampling rate, > 0. */
  rate: number;
}

/** The modified Bessel function I₀, by its power series. */
function besselI0(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** The Bessel function J₁(x) = 1/π ∫₀^π cos(t - x sin t) dt; the trapezoid rule converges exponentially. */
function besselJ1(x: number): number {
  const n = 64 + Math.ceil(Math.abs(x));
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const t = (2 * Math.PI * i) / n;
    sum += Math.cos(t - x * Math.sin(t));
  }
  return sum / n;
}

/** The Kaiser window whose stop-band attenuation follows from the transition width. */
function kaiserWindow({ taps, width, rate }: LowpassOptions): number[] {
  const attenuation = (2.285 * (taps - 1) * Math.PI * width) / (rate / 2) + 7.95;
  let beta = 0;
  if (attenuation > 50) beta = 0.1102 * (attenuation - 8.7);
  else if (attenuation > 21) beta = 0.5842 * (attenuation - 21) ** 0.4 + 0.07886 * (attenuation - 21);
  const centre = (taps - 1) / 2;
  return Array.from({ length: taps }, (_, m) => {
    const t = centre === 0 ? 0 : (m - centre) / centre;
    return besselI0(beta * Math.sqrt(Math.max(0, 1 - t * t))) / besselI0(beta);
  });
}

function check(options: LowpassOptions): void {
  const { taps, cutoff, width, rate } = options;
  if (!Number.isInteger(taps) || taps < 1)
    throw new LayerConfigError('lowpassFilter', 'taps', 'a whole number >= 1', taps);
  if (!(rate > 0)) throw new LayerConfigError('lowpassFilter', 'rate', 'above 0', rate);
  if (!(cutoff > 0 && cutoff <= rate / 2))
    throw new LayerConfigError('lowpassFilter', 'cutoff', `in (0, rate / 2 = ${rate / 2}]`, cutoff);
  if (!(width > 0)) throw new LayerConfigError('lowpassFilter', 'width', 'above 0', width);
}

/**
 * A windowed-sinc low-pass filter: h[m] ∝ sinc(2·cutoff/rate·(m - (n-1)/2)) · kaiser(m), with Σ h = 1.
 * The same taps as `scipy.signal.firwin(taps, cutoff, width=width, fs=rate)`.
 *
 * @returns n numbers.
 * @throws LayerConfigError for values out of range.
 * @source Karras et al., Alias-free GAN (2021), appendix C; Kaiser (1974).
 */
export function lowpassFilter(options: LowpassOptions): number[] {
  check(options);
  const { taps, cutoff, rate } = options;
  const values = kaiserWindow(options).map((window, m) => {
    const t = Math.PI * ((2 * cutoff) / rate) * (m - (taps - 1) / 2);
    return window * (t === 0 ? 1 : Math.sin(t) / t);
  });
  const sum = values.reduce((a, b) => a + b, 0);
  return values.map((v) => v / sum);
}

/**
 * The radially symmetric low-pass filter of StyleGAN3-R: h(r) ∝ J₁(2π·cutoff·r) / (π r) on the n × n grid with
 * spacing 1/rate, windowed by kaiser ⊗ kaiser, with Σ h = 1.
 *
 * @returns n rows of n numbers.
 * @throws LayerConfigError for values out of range.
 * @source Karras et al., Alias-free GAN (2021), section 3.2 and appendix C.
 */
export function radialLowpassFilter(options: LowpassOptions): number[][] {
  check(options);
  const { taps, cutoff, rate } = options;
  const window = kaiserWindow(options);
  const at = (m: number) => (m - (taps - 1) / 2) / rate;
  const grid = window.map((wy, i) =>
    window.map((wx, j) => {
      const r = Math.hypot(at(i), at(j));
      return wx * wy * (r === 0 ? cutoff : besselJ1(2 * Math.PI * cutoff * r) / (Math.PI * r));
    }),
  );
  const sum = grid.flat().reduce((a, b) => a + b, 0);
  return grid.map((row) => row.map((v) => v / sum));
}
