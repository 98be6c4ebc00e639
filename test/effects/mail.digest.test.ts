import { expect } from 'chai';
import { mailRetryFirstMs } from '../../src/commands/notices/mailing.js';
import { choosePreferences, type PreferenceChoice } from '../../src/commands/notices/preferences.js';
import { must, openPlan, plan as planContent, startApplication, type TestApplication } from '../support/application.js';
import { headersOf, partsOf, startSmtp, subjectOf, type TestSmtp } from '../support/smtp.js';
import { town } from '../support/town.js';

const address = 'https://trinhky.vi-du.example';
/** Monday, 9:00 in Vietnam. */
const monday = '2026-03-02T02:00:00.000Z';

describe('mails', () => {
  let app: TestApplication;
  let server: TestSmtp;
  before(async () => {
    server = await startSmtp();
    app = await startApplication('mails-sent', {
      mail: {
        url: `smtp://127.0.0.1:${server.port}`,
        from: 'UBND quận ví dụ <khong-tra-loi@vi-du.example>',
        preferencesUrl: `${address}/preferences`,
        address,
        retryFirstMs: 1,
      },
    });
  });
  beforeEach(async () => {
    app.clock.set(monday);
    server.taken.length = 0;
    server.mood.recipient = () => null;
    await app.connection.collection('preferences').deleteMany({});
    // the clock goes back with every story: a digest of the same moment would count as sent
    await app.connection.collection('outbox').deleteMany({ kind: 'digest' });
    await app.connection.collection('mails').deleteMany({});
    await app.connection.collection('notices').deleteMany({});
    await app.deps.store.directory.save(town(app.authority));
  });
  after(async () => {
    await app.close();
    await server.close();
  });

  const usual: PreferenceChoice = { mail: 'daily', hour: 8, language: 'vi', kinds: ['turn', 'outcome', 'reminder', 'told'] };
  /** A person with a confirmed address. */
  async function reachable(person: string, choice: Partial<PreferenceChoice> = {}): Promise<void> {
    const identity = { authority: app.authority, person };
    const chosen = await choosePreferences(app.deps, identity, { ...usual, ...choice });
    await app.deps.store.preferences.save({ ...chosen, address: `${person}@vi-du.example`, revision: chosen.revision + 1 });
  }
  const submitted = async (more: Partial<typeof planContent> = {}) => {
    const paper = await openPlan(app, { ...planContent, ...more });
    await must(app, paper.id, 'off-nv', 'SUBMIT');
    await app.relay.settle();
    return paper;
  };
  const approve = async (paper: { id: string; content: string | null }) => {
    await must(app, paper.id, 'head-nv', 'APPROVE_CONTENT', { saw: paper.content ?? '' });
    await app.relay.settle();
  };
  const at = async (instant: string): Promise<void> => {
    app.clock.set(instant);
    await app.relay.settle();
  };
  const mailsTo = (person: string) => server.taken.filter(({ to }) => to[0] === `${person}@vi-du.example`);

  it('one digest at the next working hour holds all that is open, with links that only open pages', async () => {
    await reachable('head-nv');
    const [one, two] = [await submitted(), await submitted({ title: 'Kế hoạch <b>thứ hai</b> & "phụ lục"' })];
    // not at once, and not before eight on the next working day
    await at('2026-03-03T00:59:59.000Z');
    expect(mailsTo('head-nv')).to.deep.equal([]);
    await at('2026-03-03T01:00:00.000Z');
    await at('2026-03-03T05:00:00.000Z');
    const mails = mailsTo('head-nv');
    expect(mails.length).to.equal(1);
    const raw = mails[0]?.raw ?? '';
    expect(subjectOf(raw)).to.equal('2 việc cần Ông/Bà xem, ngày 03/03/2026');
    const [html = '', text = ''] = [partsOf(raw).get('text/html'), partsOf(raw).get('text/plain')];
    for (const { id } of [one, two]) {
      expect(html).to.contain(`href="${address}/instances/${encodeURIComponent(id)}"`);
      expect(text).to.contain(`${address}/instances/${encodeURIComponent(id)}`);
    }
    expect(html).to.contain('Kế hoạch &lt;b&gt;thứ hai&lt;/b&gt; &amp; &quot;phụ lục&quot;');
    expect(text).to.contain('Kế hoạch <b>thứ hai</b> & "phụ lục"');
    // submitted on Monday, to be reviewed within two working days; on Tuesday one is left
    expect(text).to.contain('Hạn: còn 1 ngày làm việc, 04/03/2026');
    expect(html).to.contain('Hạn: còn 1 ngày làm việc, 04/03/2026');
    // links: pages of this server without any parameter, nothing that is fetched, nothing that acts
    const links = [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, link = '']) => link);
    for (const link of links)
      expect(link).to.match(/^https:\/\/trinhky\.vi-du\.example\/(notices|preferences|instances\/[\w.-]+)$/);
    expect(html).not.to.match(/<(img|script|form|iframe|link)\b|url\(/i);
    expect(headersOf(raw).get('message-id')).to.match(/^<[0-9a-f]{32}@trinhky\.vi-du\.example>$/);
    expect((await app.deps.store.outbox.counts(app.authority)).parked).to.equal(0);
  });

  it('what was done before the digest is not told, and an empty digest is not sent', async () => {
    await reachable('head-nv');
    await approve(await submitted());
    await at('2026-03-03T01:00:00.000Z');
    expect(server.taken).to.deep.equal([]);
  });

  it('tells what is open once: without anything new there is no second digest', async () => {
    await reachable('head-nv');
    await submitted();
    await at('2026-03-03T01:00:00.000Z');
    expect(mailsTo('head-nv').length).to.equal(1);
    // when something comes and goes
    await approve(await submitted());
    await at('2026-03-04T01:00:00.000Z');
    expect(mailsTo('head-nv').length).to.equal(1);
  });

  it('never two on one day: another hour chosen meanwhile moves what is planned, and so does another day', async () => {
    await reachable('head-nv');
    await submitted();
    // given a digest planned for Tuesday at eight, and five in the afternoon chosen instead
    await reachable('head-nv', { hour: 17 });
    await at('2026-03-03T01:00:00.000Z');
    expect(mailsTo('head-nv').length).to.equal(0);
    await submitted();
    await at('2026-03-03T10:00:00.000Z');
    expect(mailsTo('head-nv').length).to.equal(1);
    // a digest of Wednesday, and weekly chosen instead: all waits for Monday
    await submitted();
    await reachable('head-nv', { mail: 'weekly', hour: 17 });
    await at('2026-03-04T10:00:00.000Z');
    expect(mailsTo('head-nv').length).to.equal(1);
    await at('2026-03-09T10:00:00.000Z');
    expect(mailsTo('head-nv').length).to.equal(2);
  });

  it('what was missed while nothing ran is one digest', async () => {
    await reachable('head-nv');
    await submitted();
    app.clock.set('2026-03-03T00:30:00.000Z');
    await submitted();
    // given another digest of the next day, as a relay of another process may have planned it, and all of it late
    const identity = { authority: app.authority, person: 'head-nv' };
    const row = (dueAt: string) => ({
      id: `${app.authority}.digest/${identity.person}/${dueAt}`,
      instance: '',
      kind: 'digest',
      params: { person: identity.person },
      dueAt,
    });
    await app.deps.store.outbox.plan(app.authority, [row('2026-03-04T01:00:00.000Z'), row('2026-03-05T01:00:00.000Z')]);
    await at('2026-03-05T02:00:00.000Z');
    expect(mailsTo('head-nv').length).to.equal(1);
    expect(subjectOf(mailsTo('head-nv')[0]?.raw ?? '')).to.contain('2 việc');
  });

  it('weekly on the first working day of the week, nothing where no mail is wanted or the kind is not', async () => {
    await reachable('head-nv', { mail: 'weekly', hour: 7 });
    await reachable('form', { kinds: ['outcome'] });
    await submitted();
    await at('2026-03-06T09:00:00.000Z');
    expect(server.taken).to.deep.equal([]);
    await at('2026-03-09T00:00:00.000Z');
    expect(server.taken.map(({ to }) => to[0])).to.deep.equal(['head-nv@vi-du.example']);
    await reachable('head-nv', { mail: 'none' });
    app.clock.set(monday);
    await submitted({ urgency: 'hoaToc' });
    await at('2026-03-16T09:00:00.000Z');
    expect(server.taken.length).to.equal(1);
  });

  it('each at once for who wants it, and urgent papers at once for everybody', async () => {
    await reachable('head-nv', { mail: 'each', language: 'en' });
    await reachable('form');
    await submitted();
    expect(server.taken.map(({ to }) => to[0])).to.deep.equal(['head-nv@vi-du.example']);
    expect(subjectOf(server.taken[0]?.raw ?? '')).to.match(/^Waiting for you: /);
    await submitted({ urgency: 'hoaToc' });
    expect(mailsTo('form').map(({ raw }) => subjectOf(raw).slice(0, 27))).to.deep.equal(['Chờ Ông/Bà xử lý: [Hỏa tốc]']);
    // told already: the digest says nothing of it, and tells the other one
    await at('2026-03-03T01:00:00.000Z');
    expect(mailsTo('form').length).to.equal(2);
  });

  it('goes to nobody whose address is not confirmed, and to nobody who was disabled meanwhile', async () => {
    await choosePreferences(app.deps, { authority: app.authority, person: 'form' }, { ...usual, mail: 'each' });
    await reachable('head-nv');
    await submitted();
    const base = town(app.authority);
    await app.deps.store.directory.save({
      ...base,
      people: base.people.map((person) => (person.id === 'head-nv' ? { ...person, disabled: true } : person)),
    });
    await at('2026-03-03T01:00:00.000Z');
    expect(server.taken).to.deep.equal([]);
  });

  it('tells nothing of what its person may not read any more, nor of a post that he has lost', async () => {
    await reachable('head-nv');
    await submitted();
    const base = town(app.authority);
    await app.deps.store.directory.save({
      ...base,
      appointments: base.appointments.map((one) => (one.person === 'head-nv' ? { ...one, to: '2026-03-02' } : one)),
    });
    await at('2026-03-03T01:00:00.000Z');
    expect(server.taken).to.deep.equal([]);
  });

  it('a greylisted mail is tried again under the same Message-ID, later and later; a refused one is parked with the reason', async () => {
    expect(mailRetryFirstMs).to.be.greaterThan(30_000);
    await reachable('head-nv', { mail: 'each' });
    server.mood.recipient = (count) => (count % 3 === 0 ? null : { code: 451, text: '4.7.1 Greylisted' });
    await submitted();
    expect(mailsTo('head-nv').length).to.equal(1);
    const mails = app.connection.collection('mails');
    expect(await mails.countDocuments({ state: 'sent' })).to.be.greaterThan(0);
    server.mood.recipient = () => ({ code: 550, text: '5.1.1 Không có hộp thư này' });
    await submitted();
    const parked = await app.deps.store.outbox.list(app.authority, 'parked', 10, null);
    expect(parked.map(({ kind, outcome }) => [kind, (outcome as { reason: { code: string } }).reason.code])).to.deep.equal([
      ['mail', 'mailRefused'],
    ]);
    expect(JSON.stringify(parked[0]?.outcome)).to.contain('550');
  });

  it('after a crash between the server’s answer and our note of it the mail goes once more, recognisably, and no third time', async () => {
    await reachable('head-nv', { mail: 'each' });
    await submitted();
    const outbox = app.connection.collection<{ _id: string }>('outbox');
    const row = await outbox.findOne({ kind: 'mail', state: 'done' } as never, { sort: { endedAt: -1 } } as never);
    const id = row?._id ?? '';
    // given a ledger that stands where the crash left it
    const crashed = async (): Promise<void> => {
      await app.connection.collection<{ _id: string }>('mails').updateOne({ _id: id }, { $set: { state: 'sending' } } as never);
      await app.connection.collection('notices').updateMany({ person: 'head-nv' }, { $set: { mailedAt: null } });
      await outbox.updateOne({ _id: id }, {
        $set: {
          state: 'waiting',
          open: true,
          endedAt: null,
          readyAt: new Date(0),
          params: { notice: id.slice(0, -'/mail'.length), person: 'head-nv' },
        },
      } as never);
      await app.relay.settle();
    };
    for (let round = 0; round < 3; round += 1) await crashed();
    const mails = mailsTo('head-nv');
    expect(mails.length).to.equal(2);
    expect(new Set(mails.map(({ raw }) => headersOf(raw).get('message-id'))).size).to.equal(1);
    const after = await app.deps.store.outbox.list(app.authority, 'parked', 10, null);
    expect(JSON.stringify(after.map(({ outcome }) => outcome))).to.contain('mailOutcomeUnknown');
  });
});
