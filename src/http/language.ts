import type { Request } from 'express';
import { type Language, languageOf, languages } from '../locales/sentences.js';

export const languageCookie = 'trinhky-language';
const COOKIE = new RegExp(`(?:^|;\\s*)${languageCookie}=(\\w{2})(?:;|$)`);

/** The language that was chosen, else the one the request asks for, else Vietnamese. */
export function languageFor(request: Request): Language {
  const chosen = COOKIE.exec(request.headers.cookie ?? '')?.[1];
  return languages.find((language) => language === chosen) ?? languageOf(request.headers['accept-language']);
}
