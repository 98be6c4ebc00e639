import { createPublicKey } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { element, octets, oid, sequence } from '../../src/documents/signing/derWrite.js';
import { issueCertificate, nameOf, newKey } from '../../src/documents/signing/testAuthority.js';

export interface TlsReceiver {
  readonly url: string;
  /** The certificate that it made for itself, as PEM. */
  readonly certificate: string;
  /** The `webhook-id` of each message that came. */
  readonly got: string[];
  close(): Promise<void>;
}

const subjectAltName = '2.5.29.17';
/** RFC 5280, GeneralName: [2], an IA5String. */
const dnsName = 0x82;

/** A receiver at `https://localhost` that answers 204, with a certificate that nobody has vouched for. */
export async function startTlsReceiver(): Promise<TlsReceiver> {
  const key = newKey();
  const subject = [['commonName', 'localhost']] as const;
  const names = sequence(oid(subjectAltName), octets(sequence(element(dnsName, Buffer.from('localhost')))));
  const der = issueCertificate({ subject, publicKey: createPublicKey(key), extensions: [names] }, { name: nameOf(subject), key });
  const certificate = `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
  const got: string[] = [];
  const server = createServer({ key: key.export({ type: 'pkcs8', format: 'pem' }), cert: certificate }, (request, response) => {
    got.push(String(request.headers['webhook-id']));
    request.resume().on('end', () => response.writeHead(204).end());
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}/`,
    certificate,
    got,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
