import { expect } from 'chai';
import { dayOf } from '../../src/office/time/clock.js';
import { startApplication } from '../support/application.js';
import { town } from '../support/town.js';
import { type Client, type Web, webOn } from './support.js';

/** What must never be stored, in a name: two of them would look like one, or be read in another order than they are written. */
const deceiving = {
  'zero width': 'Phòng\u200BNội vụ',
  'word joiner': 'Phòng\u2060Nội vụ',
  'byte order mark': '\uFEFFPhòng Nội vụ',
  'right to left': 'Phòng \u202Eụv iộN',
  isolate: 'Phòng \u2066Nội vụ\u2069',
  'Arabic letter mark': 'Phòng\u061C Nội vụ',
  'Mongolian separator': 'Phòng\u180ENội vụ',
  'soft hyphen': 'Phòng\u00AD Nội vụ',
  'tag letters': 'Phòng\u{E0041} Nội vụ',
  annotation: 'Phòng\uFFF9 Nội vụ',
  'half a letter': 'Phòng \uD835',
  null: 'Phòng\u0000',
  'ten thousand letters': 'P'.repeat(10_000),
  nothing: '',
} as const;
/** Ids that are none: they end up in addresses, keys and file names. */
const wrongIds = [
  'đơn-vị',
  'Ấp1',
  'a\u0301p',
  'p1\u200B',
  'ubnd\u202E',
  'a/b',
  'a b',
  '../x',
  '$where',
  '__proto__',
  'x'.repeat(10_000),
  '',
];

describe('names and ids beyond ASCII', () => {
  const authority = 'attack-letters-http';
  let web: Web;
  let admin: Client;
  before(async () => {
    web = await webOn(await startApplication(authority, { webhooks: { allow: [], loopbackHttp: true } }));
    admin = await web.api('admin');
  });
  after(() => web.close());

  const unit = (more: object) => ({
    id: 'moi',
    name: 'Phòng mới',
    abbreviation: 'PM',
    kind: 'division',
    parent: 'ubnd',
    validFrom: '2026-04-01',
    validTo: null,
    ...more,
  });
  const bring = (organisation: object) => admin.post('/api/v1/organisation/import', { organisation });
  const revision = async () => (await web.app.deps.store.directory.snapshot(authority)).revision;
  const codes = (reply: { json: { readonly [name: string]: unknown } }) =>
    ((reply.json['params'] as { faults?: { code: string }[] } | undefined)?.faults ?? []).map(({ code }) => code);

  it('are taken as they are read: in parts or whole, with every letter of the language', async () => {
    const name = 'Phòng Đô thị Ấp Ưu Ỷ Ỡ đặng ẵ';
    const reply = await bring({ units: [unit({ name: name.normalize('NFD'), abbreviation: 'ĐTÂ'.normalize('NFD') })] });
    expect(reply.status).to.equal(200);
    const kept = (await web.app.deps.store.directory.snapshot(authority)).units.find(({ id }) => id === 'moi');
    expect([kept?.name, kept?.abbreviation]).to.deep.equal([name, 'ĐTÂ']);
    // the same in one piece is no change
    const again = await bring({ units: [unit({ name, abbreviation: 'ĐTÂ' })] });
    expect(again.json['written']).to.equal(false);
    // and a login that differs in form or case alone is taken already
    const person = (id: string, login: string) => ({ id, name: 'Người ví dụ 90', login, disabled: false });
    expect((await bring({ people: [person('m1', 'đặng.ấp')] })).status).to.equal(200);
    for (const login of ['đặng.ấp'.normalize('NFD'), 'ĐẶNG.ẤP', ' đặng.ấp '])
      expect(codes(await bring({ people: [person('m2', login)] })), login).to.deep.equal(['loginTaken']);
  });

  it('are refused in an import where they deceive, with one fault, and nothing of the file is stored', async () => {
    const before = await revision();
    const good = unit({ id: 'tot' });
    for (const [what, name] of Object.entries(deceiving))
      for (const records of [
        { units: [good, unit({ id: 'xau', name })] },
        { units: [good], people: [{ id: 'xau', name, login: 'xau', disabled: false }] },
        { units: [good], people: [{ id: 'xau', name: 'Người ví dụ 91', login: name, disabled: false }] },
        { units: [good], lists: [{ id: 'xau', name, units: ['nv'] }] },
        { units: [good], lists: [{ id: 'xau', name: 'Các phòng', units: [name] }] },
      ]) {
        const reply = await bring(records);
        expect(reply.status, `${what} ${Object.keys(records).join()}`).to.equal(400);
        expect(codes(reply).length, what).to.equal(1);
      }
    for (const id of wrongIds)
      for (const records of [
        { units: [good, unit({ id })] },
        { units: [good, unit({ id: 'xau', parent: id })] },
        { units: [good], lists: [{ id, name: 'Danh sách', units: ['nv'] }] },
        { units: [good], lists: [{ id: 'xau', name: 'Danh sách', units: [id] }] },
        { units: [good], people: [{ id, name: 'Người ví dụ 91', login: 'xau', disabled: false }] },
      ]) {
        const reply = await bring(records);
        expect(reply.status, `${id.slice(0, 20)} ${Object.keys(records).join()}`).to.equal(400);
        expect(codes(reply).length, JSON.stringify(id.slice(0, 20))).to.be.greaterThan(0);
      }
    expect(await revision()).to.equal(before);
  });

  it('are refused in a delegation and in the label of a webhook, and never a fault of ours', async () => {
    const today = dayOf(web.app.clock.now());
    const api = await web.api('head-nv');
    const before = await revision();
    for (const [what, text] of Object.entries(deceiving)) {
      const ask = { delegate: 'off-vhtt', from: today, to: today, reason: text };
      const replies = [
        await api.post('/api/v1/delegations', ask),
        await api.post('/api/v1/delegations', { ...ask, reason: 'Họp', types: [text] }),
        await api.post('/api/v1/delegations', { ...ask, reason: 'Họp', commands: [text] }),
        await admin.post('/api/v1/webhooks', { url: 'http://127.0.0.1:19098/', label: text }),
        await admin.post('/api/v1/webhooks', { url: 'http://127.0.0.1:19098/', label: 'x', definitions: [text] }),
        await admin.post('/api/v1/webhooks', { url: `http://127.0.0.1:19098/${text}\u202E`, label: text }),
      ];
      expect(
        replies.map(({ status }) => status),
        what,
      ).to.deep.equal(replies.map(() => 400));
    }
    for (const id of wrongIds) {
      const ask = { from: today, to: today, reason: 'Họp' };
      const replies = [
        await api.post('/api/v1/delegations', { ...ask, delegate: id }),
        await admin.post('/api/v1/delegations', { ...ask, delegate: 'off-vhtt', delegator: id }),
        await admin.post(`/api/v1/webhooks/${encodeURIComponent(id) || 'x'}/rotate`, {}),
        await api.post(`/api/v1/delegations/${encodeURIComponent(id) || 'x'}/revoke`, {}),
        await admin.post(`/api/v1/organisation/successions/${encodeURIComponent(id) || 'x'}`, {}),
        await admin.post('/api/v1/webhooks/replay', { delivery: id }),
      ];
      for (const { status } of replies) expect(status, JSON.stringify(id.slice(0, 20))).to.be.within(400, 499);
    }
    expect(await revision()).to.equal(before);
    expect(await web.app.deps.store.webhooks.list(authority)).to.deep.equal([]);
    // the same words whole, in parts, are stored whole
    const apart = 'Hệ thống quản lý văn bản đến'.normalize('NFD');
    const made = await admin.post('/api/v1/webhooks', { url: 'http://127.0.0.1:19098/', label: apart });
    expect((made.json['subscription'] as unknown as { label: string }).label).to.equal(apart.normalize('NFC'));
  });

  it('of an authority that is loaded from a file are judged alike', async () => {
    const { readAuthority } = await import('../../src/commands/organisation/loadAuthority.js');
    for (const [what, name] of Object.entries(deceiving)) {
      const records = town('letters');
      const units = records.units.map((one) => (one.id === 'nv' ? { ...one, name } : one));
      expect(() => readAuthority({ ...records, units } as never), what).to.throw(/inputInvalid|textNotAllowed/);
    }
  });
});
