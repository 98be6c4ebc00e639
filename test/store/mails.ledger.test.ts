import { expect } from 'chai';
import { usualPreferences } from '../../src/commands/notices/preferences.js';
import type { Connection } from '../../src/store/connection.js';
import { makeMailLedger } from '../../src/store/mails.js';
import { makePreferenceStore } from '../../src/store/preferences.js';
import { dropAndClose, emptyDatabase } from './support.js';

const at = '2026-03-05T00:00:00.000Z';

describe('store: mails and preferences', () => {
  let connection: Connection;
  before(async () => {
    connection = await emptyDatabase('mails');
  });
  after(() => dropAndClose(connection));

  it('a mail that was taken is never sent again', async () => {
    const mails = makeMailLedger(connection);
    expect(await mails.begin('au', 'au.1/mail', 1, at)).to.equal('first');
    await mails.end('au', 'au.1/mail', 1, { state: 'sent', reason: '250', at });
    expect(await mails.begin('au', 'au.1/mail', 2, at)).to.equal('sent');
  });

  it('one that was certainly not taken begins anew as often as need be', async () => {
    const mails = makeMailLedger(connection);
    for (const token of [1, 2, 3, 4]) {
      expect(await mails.begin('au', 'au.2/mail', token, at), `${token}`).to.equal('first');
      await mails.end('au', 'au.2/mail', token, { state: 'notSent', reason: '451', at });
    }
  });

  it('where nobody knows, it goes once more and no third time', async () => {
    const mails = makeMailLedger(connection);
    const begun: string[] = [];
    for (const token of [1, 2, 3, 4]) begun.push(await mails.begin('au', 'au.3/mail', token, at));
    expect(begun).to.deep.equal(['first', 'again', 'givenUp', 'givenUp']);
  });

  it('an older claim is told that it was superseded, and its end changes nothing', async () => {
    const mails = makeMailLedger(connection);
    await mails.begin('au', 'au.4/mail', 5, at);
    expect(await mails.begin('au', 'au.4/mail', 5, at)).to.equal('superseded');
    expect(await mails.begin('au', 'au.4/mail', 4, at)).to.equal('superseded');
    await mails.end('au', 'au.4/mail', 4, { state: 'sent', reason: 'late', at });
    expect(await mails.begin('au', 'au.4/mail', 6, at)).to.equal('again');
  });

  it('preferences are written only where nobody wrote in between', async () => {
    const store = makePreferenceStore(connection);
    const usual = usualPreferences({ authority: 'au', person: 'p1' });
    expect(await store.of('au', ['p1'])).to.deep.equal([]);
    expect(await store.save({ ...usual, hour: 7, revision: 1 })).to.equal(true);
    expect(await store.save({ ...usual, hour: 6, revision: 1 })).to.equal(false);
    expect(await store.save({ ...usual, hour: 5, revision: 3 })).to.equal(false);
    expect(await store.save({ ...usual, hour: 9, revision: 2 })).to.equal(true);
    expect((await store.of('au', ['p1', 'p2'])).map(({ hour }) => hour)).to.deep.equal([9]);
    expect(await store.of('bu', ['p1'])).to.deep.equal([]);
  });
});
