import { buildRegister, type RegisterAsk } from '../../commands/papers/registers.js';
import { TrinhkyError } from '../../errors.js';
import { sentence, word } from '../../locales/sentences.js';
import { arrivalSeries } from '../../office/papers/incoming.js';
import { type RegisterKind, registerKinds } from '../../office/registers/data.js';
import type { Register } from '../../office/registers/register.js';
import { registerNames } from '../../office/registers/words.js';
import { isDay } from '../../office/time/calendar.js';
import { dayOf } from '../../office/time/clock.js';
import type { Assets } from '../assets.js';
import type { SignedCall } from '../edge.js';
import { audit, requirePosts } from '../gate.js';
import { type PageAnswer, signedFrame } from './frame.js';

/** More are in the files for printing and for spreadsheets. */
const rowsShownMax = 500;
const seriesShownMax = 200;

/** The registers of a period, for the clerk and whoever reads everything: a form, the table, and its files. */
export async function registersPage(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  await requirePosts(call, { readsAll: true });
  const ask = askOf(call);
  const found = await registerOrProblem(call, ask);
  const series = ask.faulty ? [] : await call.edge.app.deps.store.registers.seriesOf(ask.authority, ask.from, ask.to);
  const register = 'register' in found ? found.register : null;
  if (register !== null)
    await audit(call, 'registerRead', ask.kind, { from: ask.from, to: ask.to, format: 'page', rows: register.rows.length });
  const view = {
    kinds: registerKinds.map((kind) => ({
      value: kind,
      label: registerNames[kind][call.language],
      chosen: kind === ask.kind,
    })),
    from: ask.from,
    to: ask.to,
    series: series
      .filter((one) => one !== arrivalSeries)
      .slice(0, seriesShownMax)
      .map((value) => ({ value, label: seriesName(call, value), chosen: value === ask.series })),
    problem: 'problem' in found ? found.problem : null,
    register: register === null ? null : tableOf(call, register, ask),
  };
  const title = word(call.language, 'registers');
  return { kind: 'page', status: 200, template: 'registers', view: { ...signedFrame(call, assets, title), ...view } };
}

type PageAsk = RegisterAsk & { readonly series: string | null; readonly faulty: boolean };

/** What the address asks for; without a period the year so far. */
function askOf(call: SignedCall): PageAsk {
  const today = dayOf(call.now);
  const { kind: named, from = `${today.slice(0, 4)}-01-01`, to = today, series } = call.query;
  const kind: RegisterKind = registerKinds.find((one) => one === named) ?? 'outgoing';
  const chosen = series === undefined || series === '' ? null : series.normalize('NFC');
  const faulty = !isDay(from) || !isDay(to);
  return { authority: call.identity.authority, kind, from, to, series: chosen, language: call.language, faulty };
}

type Found = { readonly register: Register } | { readonly problem: { readonly sentence: string; readonly todo: string } };

/** A period that cannot be shown is said beside the form, which keeps what was typed. */
async function registerOrProblem(call: SignedCall, ask: PageAsk): Promise<Found> {
  try {
    return { register: await buildRegister(call.edge.app.deps, ask) };
  } catch (error) {
    if (!(error instanceof TrinhkyError) || (error.code !== 'inputInvalid' && error.code !== 'registerTooLong')) throw error;
    const params = error.code === 'inputInvalid' ? { faults: word(call.language, 'registerPeriod') } : error.params;
    return { problem: sentence(call.language, error.code, params) };
  }
}

function tableOf(call: SignedCall, register: Register, ask: PageAsk) {
  const query = new URLSearchParams({ from: ask.from, to: ask.to, ...(ask.series === null ? {} : { series: ask.series }) });
  const path = `/api/v1/registers/${ask.kind}`;
  const shown = register.rows.slice(0, rowsShownMax);
  const { language } = call;
  return {
    name: register.name,
    columns: register.columns.map(({ label }) => label),
    rows: shown.map(({ cells, muted }) => ({
      muted,
      cells: cells.map((text, index) => ({ text, label: register.columns[index]?.label ?? '' })),
    })),
    count: word(language, 'registerCount', { count: register.rows.length }),
    cut: register.rows.length > shown.length ? word(language, 'registerShown', { shown: shown.length }) : null,
    pdf: `${path}/book.pdf?${query.toString()}`,
    csv: `${path}/table.csv?${query.toString()}`,
  };
}

/** The configured name of a series; its own where there is none, which is a symbol. */
function seriesName(call: SignedCall, id: string): string {
  return call.directory.authority.papers?.series?.find((series) => series.id === id)?.name ?? id;
}
