import { arrivalSeries } from './incoming.js';
import { copyKinds, copySeries, type PaperSettings, type Series } from './paperSettings.js';
import { documentTypes, slugOf, symbolFor } from './symbols.js';

export interface SeriesFault {
  /** JSON pointer inside the settings. */
  readonly path: string;
  readonly message: string;
}

const ID = /^[a-z][a-z0-9-]{0,30}$/;

/**
 * What is wrong with the series of an authority; empty when they can be used. A paper's number must belong to one register, so a
 * type stands in one series at most, an id is no other's and reads like no symbol, and copies of all kinds share one series
 * (NĐ 30/2020, Điều 15 and 27).
 */
export function seriesFaults(settings: PaperSettings | undefined, abbreviation: string): readonly SeriesFault[] {
  const series = settings?.series ?? [];
  const known: ReadonlySet<string> = new Set([...documentTypes.map((type) => type.abbreviation), ...copyKinds]);
  const ids = new Map<string, number>();
  const owners = new Map<string, string>();
  return series.flatMap((one, index) => {
    const at = `/series/${index}`;
    const faults = [...idFaults(one, at, ids, abbreviation), ...typeFaults(one, at, known, owners), ...copyFaults(one, at)];
    ids.set(one.id, index);
    return faults;
  });
}

function idFaults(one: Series, at: string, ids: ReadonlyMap<string, number>, abbreviation: string): readonly SeriesFault[] {
  const path = `${at}/id`;
  if (!ID.test(one.id)) return [{ path, message: `"${one.id}" is no id of a series: small letters, digits and hyphens` }];
  if (ids.has(one.id)) return [{ path, message: `"${one.id}" is the id of another series` }];
  if (one.id === arrivalSeries) return [{ path, message: `"${arrivalSeries}" is the series of incoming papers` }];
  if (one.id === copySeries && !one.types.some(isCopy)) return [{ path, message: `"${copySeries}" is the series of copies` }];
  const twin = documentTypes
    .filter((type) => !one.types.includes(type.abbreviation))
    .map((type) => symbolFor(type.abbreviation, abbreviation))
    .find((symbol) => slugOf(symbol) === one.id);
  return twin === undefined ? [] : [{ path, message: `"${one.id}" reads like the symbol ${twin}, which is a series of its own` }];
}

function typeFaults(one: Series, at: string, known: ReadonlySet<string>, owners: Map<string, string>): readonly SeriesFault[] {
  return one.types.flatMap((type, index) => {
    const path = `${at}/types/${index}`;
    const owner = owners.get(type);
    owners.set(type, one.id);
    if (!known.has(type)) return [{ path, message: `"${type}" is no type of paper` }];
    return owner === undefined ? [] : [{ path, message: `"${type}" stands in the series "${owner}" already` }];
  });
}

function copyFaults(one: Series, at: string): readonly SeriesFault[] {
  const copies = one.types.filter(isCopy);
  if (copies.length === 0) return [];
  const whole = copies.length === copyKinds.length && one.types.length === copyKinds.length;
  return whole
    ? []
    : [{ path: `${at}/types`, message: `copies share one series, which holds ${copyKinds.join(', ')} and nothing else` }];
}

function isCopy(type: string): boolean {
  return copyKinds.some((kind) => kind === type);
}
