/** Every kind of file that is taken: its media type, and how names of it end. What is not here is refused. */
export const fileTypes = {
  txt: { mediaType: 'text/plain', endings: ['txt'] },
  docx: { mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', endings: ['docx'] },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', endings: ['xlsx'] },
  pdf: { mediaType: 'application/pdf', endings: ['pdf'] },
  png: { mediaType: 'image/png', endings: ['png'] },
  jpg: { mediaType: 'image/jpeg', endings: ['jpg', 'jpeg'] },
} as const satisfies Record<string, { readonly mediaType: string; readonly endings: readonly string[] }>;

export type FileKind = keyof typeof fileTypes;

export const fileKinds = Object.keys(fileTypes) as readonly FileKind[];

/** The kind that a file's name claims; null for one that is not taken. */
export function kindOfName(name: string): FileKind | null {
  const ending = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return fileKinds.find((kind) => (fileTypes[kind].endings as readonly string[]).includes(ending)) ?? null;
}

/** Longest name of a file, in UTF-16 units; with its Vietnamese letters it stays below the 255 bytes of file systems. */
export const fileNameCharsMax = 120;

/**
 * Whether a name may stand for a file everywhere: a name and an ending, no path, nothing that a file system or a header would
 * take for something else. Control and hidden characters are judged where all texts are.
 */
export function isFileName(name: string): boolean {
  return name.length <= fileNameCharsMax && /^[^./\\:*?"<>|\s\ufffd](?:[^/\\:*?"<>|\n\t\ufffd]*)\.[A-Za-z0-9]{1,5}$/u.test(name);
}
