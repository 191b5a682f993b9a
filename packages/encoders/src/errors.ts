import { InputError } from '@ganjs/errors';

/** A network whose weights are not there, or that has other layers than it needs. */
export class EncoderError extends InputError {
  override readonly name = 'EncoderError';
}
