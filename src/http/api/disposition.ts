/** RFC 6266: the name in UTF-8 for those who read it, and without marks for the others. */
export function fileDisposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z0-9 ._-]/g, '-');
  const encoded = encodeURIComponent(name.normalize('NFC')).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
