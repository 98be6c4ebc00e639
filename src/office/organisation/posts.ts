import type { Label } from '../../engine/definition.js';

export interface Post {
  readonly label: Label;
  /** As printed in a signature block; null where the post never signs for its unit. */
  readonly title: string | null;
  /** For a deputy: the post for whose holder he signs (KT.). */
  readonly deputyOf: string | null;
  /** Reads every instance of the authority. */
  readonly readsAll: boolean;
}

const plain = (vi: string, en: string, more: Partial<Post> = {}): Post => ({
  label: { vi, en },
  title: null,
  deputyOf: null,
  readsAll: false,
  ...more,
});

/** The posts that definitions may name and appointments may give. */
export const posts: Readonly<Record<string, Post>> = {
  chair: plain('Chủ tịch', 'Chairman', { title: 'CHỦ TỊCH', readsAll: true }),
  deputyChair: plain('Phó Chủ tịch', 'Deputy chairman', { title: 'PHÓ CHỦ TỊCH', deputyOf: 'chair', readsAll: true }),
  head: plain('Trưởng đơn vị', 'Head of unit', { title: 'TRƯỞNG PHÒNG' }),
  deputyHead: plain('Phó trưởng đơn vị', 'Deputy head of unit', { title: 'PHÓ TRƯỞNG PHÒNG', deputyOf: 'head' }),
  officer: plain('Chuyên viên', 'Officer'),
  formChecker: plain('Người kiểm tra thể thức', 'Form checker', { readsAll: true }),
  clerk: plain('Văn thư', 'Clerk', { readsAll: true }),
  consolidator: plain('Người tổng hợp', 'Consolidator', { readsAll: true }),
  auditor: plain('Người kiểm tra, giám sát', 'Auditor', { readsAll: true }),
  administrator: plain('Quản trị hệ thống', 'Administrator'),
};
