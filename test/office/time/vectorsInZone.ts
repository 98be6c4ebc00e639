import { readdirSync, readFileSync } from 'node:fs';
import { dueAt } from '../../../src/office/time/deadlines.js';

/** Prints the due dates of all vectors, as they come out under the zone of this process (TZ). Started by the test of the vectors. */
const folder = new URL('./vectors/', import.meta.url);
const read = (name: string): never => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as never;
const { calendars } = read('calendars.json') as { calendars: Record<string, never> };
const dues = readdirSync(folder)
  .filter((name) => name !== 'calendars.json')
  .flatMap((name) => read(name) as { rule: never; calendar: string }[])
  .map(({ rule, calendar, ...facts }) =>
    dueAt(rule, { ...(facts as never as { from: string }), calendar: calendars[calendar] as never }),
  );
process.stdout.write(JSON.stringify(dues));
