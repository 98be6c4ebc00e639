/** A login as stored and compared: NFC, lower case, without white space around it. The same name in NFD is the same login. */
export function normalLogin(login: string): string {
  return login.normalize('NFC').trim().toLocaleLowerCase('vi').normalize('NFC');
}
