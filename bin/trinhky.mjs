#!/usr/bin/env node
import { prepared } from './prepare.mjs';

await prepared({}, async () => {
  const { run } = await import('../dist/main.js');
  process.exitCode = await run(process.argv.slice(2));
});
