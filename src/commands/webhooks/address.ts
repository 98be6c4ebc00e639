import { BlockList, isIP } from 'node:net';
import { TrinhkyError } from '../../errors.js';

export const urlCharsMax = 2_000;
/** Ports below are other services' (mail, remote shells); only 443 among them, which an https address need not name, is the web's. */
const portMin = 1024;

/** Where webhooks may go beyond the public internet. */
export interface WebhookPlaces {
  /** Hosts, small letters, that may have addresses inside. */
  readonly allow: readonly string[];
  /** Plain http to this machine, for development. */
  readonly loopbackHttp: boolean;
}

const inside = new BlockList();
// IANA special-purpose registries: this network, private, shared, loopback, link-local with the metadata services of clouds, protocol
// assignments, documentation, 6to4 relays, benchmarks, multicast, reserved.
for (const network of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]) {
  const [address = '', bits = ''] = network.split('/');
  inside.addSubnet(address, Number(bits), 'ipv4');
}
// Within the global unicast addresses: Teredo and protocol assignments, documentation, 6to4. Each can hold an address inside.
for (const [address, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  inside.addSubnet(address, bits, 'ipv6');
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function isLoopback(address: string): boolean {
  return loopback.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}

/** Whether an address is of the public internet. IPv6 is refused unless it is global unicast, so IPv4 in disguise is refused too. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inside.check(address, 'ipv4');
  return family === 6 && globalUnicast.check(address, 'ipv6') && !inside.check(address, 'ipv6');
}

/** The host of an address as the resolver takes it: without the brackets of IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/**
 * Whether a connection may go to this address, to which the host of `url` resolved just now. All addresses of a name are asked: one
 * inside spoils the others, or a name could show one to the check and use another.
 */
export function mayConnect(url: URL, address: string, places: WebhookPlaces): boolean {
  if (url.protocol === 'http:') return places.loopbackHttp && isLoopback(address);
  return isPublicAddress(address) || places.allow.includes(hostOf(url));
}

/**
 * The address of a receiver as it may be stored. https, without user, password and fragment, on port 443 or one from 1024; http
 * only to this machine and only where the setting says so. Throws `inputInvalid` {field: 'url', reason}; see `mayConnect` for names.
 */
export function checkedUrl(text: string, places: WebhookPlaces): URL {
  const wrong = (reason: string) => new TrinhkyError('inputInvalid', { field: 'url', reason });
  if (text.length > urlCharsMax) throw wrong('urlTooLong');
  if (!URL.canParse(text)) throw wrong('urlUnreadable');
  const url = new URL(text);
  const host = hostOf(url);
  const isHere = host === 'localhost' || (isIP(host) > 0 && isLoopback(host));
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && places.loopbackHttp && isHere)) throw wrong('urlNotHttps');
  if (url.username !== '' || url.password !== '') throw wrong('urlWithUser');
  if (url.hash !== '') throw wrong('urlWithFragment');
  const usual = url.protocol === 'https:' && url.port === '';
  if (!usual && Number(url.port) < portMin) throw wrong('urlPortRefused');
  if (isIP(host) > 0 && !mayConnect(url, host, places)) throw wrong('urlInside');
  if (url.protocol === 'https:' && isHere && !places.allow.includes(host)) throw wrong('urlInside');
  return url;
}
