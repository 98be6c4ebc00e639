import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Certificate, readCertificate, timeStampingUse } from '../../src/documents/signing/certificate.js';
import { context, need, open, readDer, tags } from '../../src/documents/signing/der.js';
import { element, integer, octets, oid, sequence, setOf } from '../../src/documents/signing/derWrite.js';
import { extension, issueCertificate, nameOf, newKey } from '../../src/documents/signing/testAuthority.js';

/** How an authority answers: rightly, or in one of the ways that must not be taken for right. */
export type Manner = 'right' | 'otherDigest' | 'otherNonce' | 'refused' | 'broken' | 'error' | 'silent' | 'endless';

export interface TimestampAuthority {
  readonly url: string;
  /** Certificate of its issuer. */
  readonly root: Certificate;
  manner: Manner;
  readonly close: () => Promise<void>;
}

const oids = {
  sha256: '2.16.840.1.101.3.4.2.1',
  ecdsaSha256: '1.2.840.10045.4.3.2',
  signedData: '1.2.840.113549.1.7.2',
  info: '1.2.840.113549.1.9.16.1.4',
  policy: '1.3.6.1.4.1.99999.1',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  extendedKeyUsage: '2.5.29.37',
} as const;

/** A small RFC 3161 authority on loopback; `at` is the instant that it puts into its tokens. */
export async function startTimestampAuthority(at: string): Promise<TimestampAuthority> {
  const { key, certificate, root } = authorityKeys();
  const state: { manner: Manner } = { manner: 'right' };
  const server: Server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      response.setHeader('content-type', 'application/timestamp-reply');
      if (state.manner === 'silent') return;
      if (state.manner === 'endless') {
        const block = Buffer.alloc(65_536, 0x30);
        const more = (): void => {
          if (!response.destroyed && response.write(block)) setImmediate(more);
          else response.once('drain', more);
        };
        return more();
      }
      response.statusCode = state.manner === 'error' ? 500 : 200;
      response.end(answerTo(Buffer.concat(pieces), { key, certificate, at, manner: state.manner }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    root,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

function authorityKeys() {
  const [rootKey, key] = [newKey(), newKey()];
  const subject = [['commonName', 'CA thời gian thử nghiệm']] as const;
  const issuer = { name: nameOf(subject), key: rootKey };
  const read = (der: Buffer): Certificate =>
    readCertificate(der) ??
    (() => {
      throw new Error('certificate unreadable');
    })();
  const root = read(issueCertificate({ subject, publicKey: createPublicKey(rootKey), authority: true }, issuer));
  const usage = extension(oids.extendedKeyUsage, sequence(oid(timeStampingUse)), true);
  const own = { subject: [['commonName', 'TSA thử nghiệm']] as const, publicKey: createPublicKey(key), extensions: [usage] };
  return { key, root, certificate: read(issueCertificate(own, issuer)) };
}

interface Answering {
  readonly key: KeyObject;
  readonly certificate: Certificate;
  readonly at: string;
  readonly manner: Manner;
}

function answerTo(request: Buffer, answering: Answering): Buffer {
  const { manner } = answering;
  if (manner === 'broken') return Buffer.from('<html>no time stamp here</html>');
  if (manner === 'refused') return sequence(sequence(integer(Buffer.from([2]))));
  const [, imprint, nonce] = open(readDer(request), tags.sequence);
  const [, digest] = open(imprint, tags.sequence);
  const hash = need(digest, tags.octets).content;
  const info = sequence(
    integer(Buffer.from([1])),
    oid(oids.policy),
    sequence(sequence(oid(oids.sha256)), octets(manner === 'otherDigest' ? Buffer.alloc(hash.length, 7) : hash)),
    integer(Buffer.from([5])),
    element(tags.time, Buffer.from(`${answering.at.replace(/\D/g, '').slice(0, 14)}Z`)),
    manner === 'otherNonce' ? integer(Buffer.from([9])) : need(nonce, tags.integer).whole,
  );
  return sequence(sequence(integer(Buffer.from([0]))), tokenOver(info, answering));
}

function tokenOver(info: Buffer, { key, certificate }: Answering): Buffer {
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
  const attribute = (type: string, value: Buffer) => sequence(oid(type), setOf(value));
  const attributes = [
    attribute(oids.contentType, oid(oids.info)),
    attribute(oids.messageDigest, octets(sha256(info))),
    attribute(oids.signingCertificateV2, sequence(sequence(sequence(octets(sha256(certificate.der)))))),
  ].sort(Buffer.compare);
  const signer = sequence(
    integer(Buffer.from([1])),
    sequence(certificate.issuer, integer(certificate.serial)),
    sequence(oid(oids.sha256)),
    element(context(0), ...attributes),
    sequence(oid(oids.ecdsaSha256)),
    octets(sign('sha256', element(tags.set, ...attributes), key)),
  );
  const data = sequence(
    integer(Buffer.from([3])),
    setOf(sequence(oid(oids.sha256))),
    sequence(oid(oids.info), element(context(0), octets(info))),
    element(context(0), certificate.der),
    setOf(signer),
  );
  return sequence(oid(oids.signedData), element(context(0), data));
}
