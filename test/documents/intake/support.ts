import { TrinhkyError } from '../../../src/errors.js';

/** The error that work ends with. */
export async function refusal(work: Promise<unknown>): Promise<TrinhkyError> {
  const error = await work.then(
    () => new Error('was taken'),
    (caught: unknown) => caught,
  );
  if (error instanceof TrinhkyError) return error;
  throw error as Error;
}
