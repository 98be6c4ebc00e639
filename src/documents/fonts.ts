import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { privateFolder } from './privateFolder.js';

const fontPackage = '@expo-google-fonts/tinos';
const styles = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'] as const;

/** The family that must be embedded in every print: metric-compatible with Times New Roman and free (OFL-1.1). */
export const fontFamily = 'Tinos';

export interface Fonts {
  /** Folder with `fonts.conf`, for FONTCONFIG_PATH. */
  readonly folder: string;
  /** For FONTCONFIG_FILE. */
  readonly file: string;
  /** Package version and hash of the four font files. */
  readonly version: string;
}

/**
 * Writes a fontconfig file under `cacheFolder` that knows Tinos alone, under the names a paper asks for. No font of the
 * machine can take part, so the same paper has the same lines on every machine. (A fontconfig that names absent folders
 * gives pages without any text and no error: hence our own, and the check of the output.)
 */
export async function prepareFonts(cacheFolder: string): Promise<Fonts> {
  const folder = await privateFolder(join(cacheFolder, 'fonts'));
  const require = createRequire(import.meta.url);
  const root = dirname(require.resolve(`${fontPackage}/package.json`));
  const hash = createHash('sha256');
  for (const style of styles) {
    hash.update(await readFile(join(root, style, `Tinos_${style}.ttf`)));
  }
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const file = join(folder, 'fonts.conf');
  await writeFile(file, configuration(root, join(folder, 'cache')), { mode: 0o600 });
  return { folder, file, version: `${fontPackage}@${version} sha256:${hash.digest('hex')}` };
}

function configuration(fontFolder: string, cache: string): string {
  const alias = (name: string): string =>
    `<match target="pattern"><test name="family"><string>${name}</string></test><edit name="family" mode="assign" binding="strong"><string>${fontFamily}</string></edit></match>`;
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>${xml(fontFolder)}</dir>
<cachedir>${xml(cache)}</cachedir>
${['Times New Roman', 'Times', 'serif', 'sans-serif', 'sans', 'monospace'].map(alias).join('\n')}
</fontconfig>
`;
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
