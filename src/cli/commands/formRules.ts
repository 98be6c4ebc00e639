import { TrinhkyError } from '../../errors.js';
import { formSentence, formWord } from '../../locales/sentences.js';
import { formRules } from '../../office/form/formRules.js';
import { ruleSetFor, ruleSets } from '../../office/form/ruleSets.js';
import { answer, columnsDefault, type Session } from '../session.js';
import { table } from '../table.js';

/**
 * `trinhky form rules`: every rule of form with its severity, how far it is known, and what it asks; of one day's rule set with
 * `--date`. What is off may be switched on in an authority's `papers.severities`. Throws `inputInvalid` {reason: 'day'}.
 */
export async function listFormRules(session: Session, flags: { readonly date?: string }): Promise<number> {
  const { words, io } = session;
  const { date } = flags;
  if (date !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(date))
    throw new TrinhkyError('inputInvalid', { path: '--date', reason: 'day', value: date });
  const wanted = date === undefined ? null : ruleSetFor(date);
  const shown = formRules.filter(({ set }) => date === undefined || set === wanted);
  const rows = shown.map(({ id, set, source, trust, severity }) => ({
    rule: id,
    set,
    severity,
    trust,
    source,
    sentence: formSentence(words.language, id),
  }));
  answer(session, { ruleSets, rules: rows }, () =>
    table(
      ['rule', 'severity', 'trust', 'asks'].map((name) => words.say(`form.columns.${name}`)),
      rows.map(({ rule, severity, trust, sentence }) => [
        rule,
        formWord(words.language, 'formSeverities', severity),
        formWord(words.language, 'formTrust', trust),
        sentence,
      ]),
      io.columns ?? columnsDefault,
    ),
  );
  return 0;
}
