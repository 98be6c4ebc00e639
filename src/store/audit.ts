import { randomBytes } from 'node:crypto';
import type { AuditRecord, AuditStore } from '../commands/ports.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';

/** Most records that one call lists. */
export const auditRowsMax = 1_000;

interface AuditDocument extends AuditRecord {
  /** `authority/instant/count-random`: in order of time, and of writing within one process. */
  _id: string;
}

/** Records of what was done and refused, newest first in `list`. There is no call, here or elsewhere, that changes or drops one. */
export function makeAuditStore(connection: Connection): AuditStore {
  const rows = connection.collection<AuditDocument>(collectionNames.audit);
  const writer = randomBytes(6).toString('hex');
  let count = 0;
  return {
    async append(record) {
      count += 1;
      const _id = `${record.authority}/${record.at}/${String(count).padStart(12, '0')}-${writer}`;
      await rows.insertOne({ _id, ...record });
    },
    list: (authority, limit) =>
      rows
        .find<AuditRecord>({ _id: { $gte: `${authority}/`, $lt: `${authority}0` }, authority }, { projection: { _id: 0 } })
        .sort({ _id: -1 })
        .limit(Math.min(limit, auditRowsMax))
        .toArray(),
  };
}
