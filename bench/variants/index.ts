import { bareVariant } from './bare.js';
import { engineExpressVariant } from './engineExpress.js';
import { engineHttpVariant } from './engineHttp.js';
import { engineVariant } from './engineInProcess.js';
import { obviousVariant } from './obvious.js';
import { organisationVariant } from './organisation.js';
import { printingVariant } from './printing.js';
import { quarterVariant } from './quarter.js';
import { rawVariant } from './raw.js';
import type { Handlers, VariantOptions } from './variant.js';

const makers: Readonly<Record<string, (options: VariantOptions) => Handlers>> = {
  engineHttp: engineHttpVariant,
  engineExpress: engineExpressVariant,
  engine: engineVariant,
  obvious: obviousVariant,
  bare: bareVariant,
  raw: rawVariant,
  printing: printingVariant,
  organisation: organisationVariant,
  quarter: quarterVariant,
};

export type VariantName =
  | 'engineHttp'
  | 'engineExpress'
  | 'engine'
  | 'obvious'
  | 'bare'
  | 'raw'
  | 'printing'
  | 'organisation'
  | 'quarter';

/** The calls that a process of this variant answers. */
export function makeVariant(name: string, options: VariantOptions): Handlers {
  const make = makers[name];
  if (make === undefined) throw new Error(`no variant ${name}`);
  return make(options);
}
