import type { PaperContent } from '../../src/office/papers/paper.js';

/** A small plan of the example authority. */
export const plan: PaperContent = {
  type: 'KH',
  typeName: 'KẾ HOẠCH',
  issuer: { superior: 'UBND THÀNH PHỐ VÍ DỤ', name: 'ỦY BAN NHÂN DÂN QUẬN VÍ DỤ' },
  symbol: 'KH-UBND',
  place: 'Ví Dụ',
  title: 'Thực hiện công tác ví dụ năm 2026',
  bases: ['Căn cứ chương trình công tác năm 2026;'],
  body: [{ kind: 'paragraph', marker: '1.', level: 1, text: 'Các đơn vị tổ chức thực hiện.' }],
  recipients: [{ name: 'Các phường', purpose: 'để thực hiện' }],
  archive: 'Lưu: VT',
};
