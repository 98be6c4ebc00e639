import type { BodyReading } from './clauses.js';
import type { Head } from './head.js';
import type { Parts } from './parts.js';
import { CLOSING_PATH } from './paths.js';
import type { Clause, Finding, FindingCode, Rest } from './planReading.js';
import type { Recipients } from './recipients.js';
import { type Scraped, spanOf } from './scraped.js';

/** What was read, as far as findings are made of it. */
export interface Read {
  readonly head: Head;
  readonly parts: Parts;
  readonly listed: Recipients;
  readonly bodies: readonly BodyReading[];
  readonly clauses: readonly Clause[];
  readonly rest: readonly Rest[];
}

/** Fewest letters of words that no clause holds to be worth a look. */
const unheldLettersMin = 12;

/** What a person should look at, in the order of the form; codes and what they mean stand with `FindingCode`. */
export function findingsOf(scraped: Scraped, read: Read): Finding[] {
  return [...missingParts(read), ...doubts(scraped, read), ...notes(read)];
}

function missingParts({ head, parts, listed, clauses }: Read): Finding[] {
  const missing = (code: FindingCode, absent: boolean): Finding[] =>
    absent ? [{ code, severity: 'missing', text: '', span: null }] : [];
  return [
    ...missing('issuerMissing', head.name === null),
    ...missing('numberMissing', head.number === null || head.symbol === null),
    ...missing('placeMissing', head.place === null),
    ...missing('dateMissing', head.issuedOn === null),
    ...missing('typeMissing', head.type === null),
    ...missing('titleMissing', head.title === null),
    ...missing('noClauses', clauses.length === 0),
    ...missing('signatureMissing', parts.signature === null),
    ...missing('recipientsMissing', listed.recipients.length === 0),
  ];
}

function doubts(scraped: Scraped, { head, listed, bodies, clauses, rest }: Read): Finding[] {
  const issuedOn = head.issuedOn;
  return [
    ...listed.unclear.map((text): Finding => ({ code: 'purposeUnclear', severity: 'warning', text, span: null })),
    ...bodies.flatMap(({ skips }) =>
      skips.map(
        ({ text, start, end }): Finding => ({
          code: 'numberingSkips',
          severity: 'warning',
          text,
          span: spanOf(scraped, start, end),
        }),
      ),
    ),
    ...clauses.flatMap(({ due, sourceSpan }): Finding[] =>
      due?.date && issuedOn !== null && due.date < issuedOn
        ? [{ code: 'dueBeforeIssue', severity: 'warning', text: due.text, span: sourceSpan }]
        : [],
    ),
    ...rest.flatMap(({ what, text, span }): Finding[] =>
      what === 'annex' ? [{ code: 'annexUnread', severity: 'warning', text: text.slice(0, quotedCharsMax), span }] : [],
    ),
  ];
}

const quotedCharsMax = 200;
// A time with a day or a month of which no end could be made; recurrences and starts are plain.
const DATED = /\d{1,2}\s*[/-]\s*\d|(?:tháng|quý|năm)\s+\d/iu;
const OPEN_ENDED = /h[àằ]ng|định\s+kỳ|(?:^|\s)từ\s|tiếp\s+theo|thường\s+xuyên|trước\s+ngày\s+\d+\s+tháng\s+\d+$/iu;

/** A clause without a unit is one of those whom the closing sentence addresses; only where there is no such sentence it hangs in the air. */
function notes({ clauses, rest }: Read): Finding[] {
  const leads = ({ units }: Clause) => units.some(({ role }) => role === 'lead');
  const addressed = clauses.some((clause) => CLOSING_PATH.test(clause.path) && leads(clause));
  return [
    ...clauses.flatMap((clause): Finding[] =>
      clause.kind !== 'objective' && !addressed && !leads(clause)
        ? [{ code: 'unitMissing', severity: 'note', text: clause.text.slice(0, quotedCharsMax), span: clause.sourceSpan }]
        : [],
    ),
    ...clauses.flatMap(({ due, sourceSpan }): Finding[] =>
      due && due.date === null && DATED.test(due.text) && !OPEN_ENDED.test(due.text)
        ? [{ code: 'dueUnclear', severity: 'note', text: due.text, span: sourceSpan }]
        : [],
    ),
    ...rest.flatMap(({ what, text, span }): Finding[] =>
      what === 'text' && (text.match(/\p{L}/gu)?.length ?? 0) >= unheldLettersMin
        ? [{ code: 'textUnheld', severity: 'note', text: text.slice(0, quotedCharsMax), span }]
        : [],
    ),
  ];
}
