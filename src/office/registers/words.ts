import type { Label } from '../../engine/definition.js';
import type { RegisterKind, RegisterLanguage } from './data.js';

const label = (vi: string, en: string): Label => ({ vi, en });

export const registerNames: Readonly<Record<RegisterKind, Label>> = {
  outgoing: label('Sổ đăng ký văn bản đi', 'Register of outgoing papers'),
  incoming: label('Sổ đăng ký văn bản đến', 'Register of incoming papers'),
  followUp: label('Sổ theo dõi giải quyết văn bản đến', 'Follow-up of incoming papers'),
  post: label('Sổ gửi văn bản đi bưu điện', 'Papers sent by post'),
  archivedCopies: label('Sổ sử dụng bản lưu', 'Use of archived copies'),
};

/** A column: its statutory heading, and its share of the printed width in per cent. */
export interface RegisterColumn {
  readonly label: Label;
  readonly width: number;
}

const column = (vi: string, en: string, width: number): RegisterColumn => ({ label: label(vi, en), width });

const codeColumn = (width: number) => column('Số, ký hiệu văn bản', 'Number and symbol', width);
const dayColumn = (width: number) => column('Ngày tháng văn bản', 'Date of the paper', width);
const subjectColumn = (width: number) => column('Tên loại và trích yếu nội dung văn bản', 'Type and subject', width);
const receiptColumn = (width: number) => column('Ký nhận', 'Received by (signature)', width);
const noteColumn = (width: number) => column('Ghi chú', 'Notes', width);

/** The columns of each register, in the order of NĐ 30/2020, Phụ lục IV. */
export const registerColumns: Readonly<Record<RegisterKind, readonly RegisterColumn[]>> = {
  outgoing: [
    codeColumn(11),
    dayColumn(8),
    subjectColumn(20),
    column('Người ký', 'Signer', 10),
    column('Nơi nhận văn bản', 'Recipients', 13),
    column('Đơn vị, người nhận bản lưu', 'Holder of the archive copy', 10),
    column('Số lượng bản', 'Copies', 5),
    column('Ngày chuyển', 'Sent on', 8),
    receiptColumn(6),
    noteColumn(9),
  ],
  incoming: [
    column('Ngày đến', 'Arrived on', 8),
    column('Số đến', 'Arrival number', 5),
    column('Tác giả', 'Issuing body', 13),
    column('Số, ký hiệu', 'Number and symbol', 10),
    dayColumn(8),
    subjectColumn(21),
    column('Đơn vị hoặc người nhận', 'Unit or person', 13),
    column('Ngày chuyển', 'Handed over on', 8),
    receiptColumn(6),
    noteColumn(8),
  ],
  followUp: [
    column('Số đến', 'Arrival number', 6),
    column('Tên loại, số, ký hiệu, ngày tháng, cơ quan ban hành', 'Type, number, symbol, date, issuing body', 27),
    column('Đơn vị hoặc người nhận', 'Unit or person', 16),
    column('Thời hạn giải quyết', 'Due', 10),
    column('Tiến độ giải quyết', 'Progress', 18),
    column('Số, ký hiệu văn bản trả lời', 'Number and symbol of the reply', 12),
    noteColumn(11),
  ],
  post: [
    column('Ngày chuyển', 'Sent on', 11),
    column('Số, ký hiệu văn bản', 'Number and symbol', 15),
    column('Nơi nhận văn bản', 'Recipient', 30),
    column('Số lượng bì', 'Envelopes', 8),
    column('Ký nhận và dấu bưu điện', 'Receipt and stamp of the post office', 18),
    noteColumn(18),
  ],
  archivedCopies: [
    column('Ngày tháng', 'Date', 8),
    column('Họ và tên người sử dụng', 'User', 13),
    column('Số, ký hiệu, ngày tháng văn bản', 'Number, symbol and date', 13),
    column('Tên loại và trích yếu nội dung văn bản', 'Type and subject', 23),
    column('Số và ký hiệu hồ sơ', 'File code', 9),
    receiptColumn(7),
    column('Ngày trả', 'Returned on', 8),
    column('Người cho phép sử dụng', 'Allowed by', 10),
    noteColumn(9),
  ],
};

const phrases = {
  reserved: label('Đang giữ số, chưa ký', 'Reserved, not signed yet'),
  reservedArrival: label('Đang giữ số, chưa vào sổ', 'Reserved, not registered yet'),
  cancelled: label('Số hủy: {reason}', 'Cancelled: {reason}'),
  takenOver: label('Số 01 đến {number}: {reason}', 'Numbers 01 to {number}: {reason}'),
  again: label('chuẩn bị lại, lấy số {number}', 'prepared again as {number}'),
  againElsewhere: label('chuẩn bị lại, lấy số {number} ({where})', 'prepared again as {number} ({where})'),
  DISCARD: label('dự thảo bị hủy', 'the draft was discarded'),
  VOID: label('văn bản bị hủy sau khi ký', 'the paper was voided after signing'),
  RETURN_TO_SENDER: label('trả lại nơi gửi', 'returned to the sender'),
  ended: label('hồ sơ kết thúc mà không dùng số này', 'the paper ended without this number'),
  signedUnderOther: label('văn bản đã ký mang số khác', 'the paper was signed under another number'),
  missing: label('không có hồ sơ nào dùng số này', 'no paper bears this number'),
  voided: label('Văn bản bị hủy sau khi ký', 'Voided after signing'),
  voidedBecause: label('Văn bản bị hủy sau khi ký: {reason}', 'Voided after signing: {reason}'),
  withdrawn: label('Văn bản đã thu hồi', 'Withdrawn'),
  replaced: label('Văn bản đã được thay thế', 'Replaced'),
  hoaToc: label('Hỏa tốc', 'Express'),
  thuongKhan: label('Thượng khẩn', 'Very urgent'),
  khan: label('Khẩn', 'Urgent'),
  cooperating: label('Phối hợp: {units}', 'Cooperating: {units}'),
  filed: label('Để biết, lưu hồ sơ', 'Noted and filed'),
  resolved: label('Đã giải quyết ngày {day}', 'Resolved on {day}'),
  handling: label('Đang giải quyết', 'Being handled'),
  directed: label('Đã chuyển, chờ nhận', 'Handed over'),
  waiting: label('Chờ ý kiến chỉ đạo', 'Awaiting direction'),
  noReply: label('Không cần trả lời: {reason}', 'No reply needed: {reason}'),
  clerk: label('Văn thư', 'Clerk'),
  electronic: label('Mở bản điện tử', 'Electronic copy opened'),
} as const;

export type RegisterPhrase = keyof typeof phrases;

/** A phrase of the registers with its parameters filled in. */
export function phrase(language: RegisterLanguage, name: RegisterPhrase, params: Readonly<Record<string, string>> = {}): string {
  return phrases[name][language].replace(/\{(\w+)\}/g, (whole, key: string) => params[key] ?? whole);
}

export function isPhrase(name: string): name is RegisterPhrase {
  return Object.hasOwn(phrases, name);
}
