// Runs as a child process of download.ts: `downloadChild <folder>`. See there.
import { arch, platform } from 'node:os';
import { DryMongoBinary } from 'mongodb-memory-server-core/lib/util/DryMongoBinary.js';
import { MongoBinaryDownload } from 'mongodb-memory-server-core/lib/util/MongoBinaryDownload.js';
import { MongoBinaryDownloadUrl } from 'mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl.js';
import type { DownloadMessage } from './download.js';

function report(message: DownloadMessage): void {
  process.send?.(message);
}

async function main(downloadDir: string): Promise<void> {
  const options = await DryMongoBinary.generateOptions({ downloadDir });
  const download = new MongoBinaryDownload({ ...options, downloadDir, platform: platform(), arch: arch(), checkMD5: true });
  // The package verifies the site's certificate only when npm is configured to; a database program is always verified.
  const verified = download.httpDownload.bind(download);
  download.httpDownload = (url, request, ...rest) => verified(url, { ...request, rejectUnauthorized: true }, ...rest);
  const go = new Promise((resolve) => process.once('message', resolve));
  report({ address: await new MongoBinaryDownloadUrl(options).getDownloadUrl() });
  await go;
  report({ binary: await download.getMongodPath() });
}

main(process.argv[2] ?? '')
  .catch((error: unknown) => report({ fault: error instanceof Error ? error.message : String(error) }))
  .finally(() => process.disconnect());
