/** Parts of an agency's name that are written small inside a sentence when they follow the first word. */
const BODIES: readonly (readonly [pattern: RegExp, written: string])[] = [
  [/^(?:ỦY|UỶ) BAN NHÂN DÂN(?=\s|$)/u, 'Ủy ban nhân dân'],
  [/^HỘI ĐỒNG NHÂN DÂN(?=\s|$)/u, 'Hội đồng nhân dân'],
  [/^UBND(?=\s|$)/u, 'UBND'],
];
const LEVELS = /^(?:QUẬN|HUYỆN|TỈNH|XÃ|PHƯỜNG|THỊ XÃ|THỊ TRẤN|ĐẶC KHU)(?=\s|$)/u;

/**
 * An agency's name as it stands in a sentence, from the capitals of a letterhead: `ỦY BAN NHÂN DÂN QUẬN GÒ VẤP` gives
 * `Ủy ban nhân dân quận Gò Vấp`, `BỘ TƯ PHÁP` gives `Bộ Tư pháp`. A name that has small letters already is left alone.
 */
export function agencyInSentence(name: string): string {
  if (/\p{Ll}/u.test(name)) return name;
  for (const [pattern, written] of BODIES) {
    const match = pattern.exec(name);
    if (match) return [written, placeInSentence(name.slice(match[0].length).trim())].filter((part) => part !== '').join(' ');
  }
  const [first = '', second = '', ...rest] = name.split(' ');
  return [capital(first), capital(second), ...rest.map((word) => word.toLowerCase())].filter((word) => word !== '').join(' ');
}

/** `QUẬN GÒ VẤP` gives `quận Gò Vấp`; a city keeps its capital: `Thành phố Hồ Chí Minh`. */
function placeInSentence(place: string): string {
  const level = LEVELS.exec(place);
  const name = place.slice(level?.[0].length ?? 0).trim();
  const city = /^THÀNH PHỐ(?=\s|$)/u.exec(name);
  const words = (city ? name.slice(city[0].length).trim() : name).split(' ').map(capital).join(' ');
  return [level?.[0].toLowerCase(), city ? 'Thành phố' : '', words].filter((part) => part !== undefined && part !== '').join(' ');
}

function capital(word: string): string {
  return word === '' ? '' : `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`;
}

/** The place of a clause in words: `II.1.-2` gives `Mục II.1, ý 2`, `Đ3` gives `Điều 3`, `KH/II.1.a` gives `Kế hoạch kèm theo, mục II.1.a`. */
export function clauseInSentence(path: string): string {
  const annex = /^(?:KH|CTr|CT|PL)\//u.exec(path);
  const bare = path.slice(annex?.[0].length ?? 0).replace(/[.]+$/u, '');
  const words = bare
    .replace(/^Đ(\d+)/u, 'Điều $1')
    .replace(/\.?-(\d+)/gu, ', ý $1')
    .replace(/\.?\+(\d+)/gu, ', điểm $1')
    .replace(/\.?¶(\d+)/gu, ', đoạn $1')
    .replace(/^, (ý|đoạn)/u, (_, word: string) => capital(word));
  const place = /^(?:Điều|Ý|Đoạn)/u.test(words) ? words : `Mục ${words}`;
  if (annex === null) return place;
  const paper = annex[0] === 'PL/' ? 'Phụ lục' : annex[0] === 'KH/' ? 'Kế hoạch kèm theo' : 'Chương trình kèm theo';
  return `${paper}, ${place.charAt(0).toLowerCase()}${place.slice(1)}`;
}
