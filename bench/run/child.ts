import { makeVariant } from '../variants/index.js';
import type { Handlers, VariantOptions } from '../variants/variant.js';
import { makeLoad } from './load.js';

// The main part of every process that run.ts starts: `child.ts <role> <options as JSON>`, then one call after another by IPC.

interface Call {
  readonly id: number;
  readonly name: string;
  readonly argument?: unknown;
}

const [role = '', options = '{}'] = process.argv.slice(2);
const handlers: Handlers = role === 'load' ? makeLoad() : makeVariant(role, JSON.parse(options) as VariantOptions);

process.on('message', (message) => void answer(message as Call));
process.once('disconnect', () => process.exit(1));

async function answer({ id, name, argument }: Call): Promise<void> {
  const handler = handlers[name];
  try {
    if (handler === undefined) throw new Error(`${role} knows no ${name}`);
    const value = await handler(argument);
    process.send?.({ id, value });
    if (name === 'stop') process.disconnect();
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
