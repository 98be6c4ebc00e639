import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Express } from 'express';

const yearSeconds = 365 * 24 * 60 * 60;
const immutable = `public, max-age=${yearSeconds}, immutable`;

const weights = ['400', '500', '600', '700'] as const;
/** Ranges of the font's own style sheet. */
const subsets = {
  vietnamese:
    'U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB',
  'latin-ext':
    'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
  latin:
    'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
} as const;

export interface Assets {
  /** Address of the style sheet; changes with its content. */
  readonly stylePath: string;
}

/** Serves the style sheet and its fonts from memory, under names that change with their content, so that they are fetched once a year. */
export function mountAssets(door: Express, templatesFolder: string): Assets {
  const require = createRequire(import.meta.url);
  const faces: string[] = [];
  for (const weight of weights) {
    for (const [subset, range] of Object.entries(subsets)) {
      const bytes = readFileSync(
        require.resolve(`@fontsource/be-vietnam-pro/files/be-vietnam-pro-${subset}-${weight}-normal.woff2`),
      );
      const path = `/assets/be-vietnam-pro-${subset}-${weight}.${shortHash(bytes)}.woff2`;
      serve(door, path, 'font/woff2', bytes);
      faces.push(
        `@font-face{font-family:'Be Vietnam Pro';font-weight:${weight};font-display:swap;src:url(${path}) format('woff2');unicode-range:${range}}`,
      );
    }
  }
  const style = Buffer.from(`${faces.join('\n')}\n${readFileSync(join(templatesFolder, 'styles', 'app.css'), 'utf8')}`);
  const stylePath = `/assets/app.${shortHash(style)}.css`;
  serve(door, stylePath, 'text/css; charset=utf-8', style);
  return { stylePath };
}

function serve(door: Express, path: string, type: string, bytes: Buffer): void {
  door.get(path, (_request, response) => {
    response.setHeader('Content-Type', type);
    response.setHeader('Cache-Control', immutable);
    response.end(bytes);
  });
}

function shortHash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
