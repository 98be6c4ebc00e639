export type LabelKind = 'lead' | 'coordinate' | 'due' | 'content';

/** How a labelled line begins: "Đơn vị phối hợp:", "Thời gian hoàn thành:". Sticky: each matches only where it is asked. */
export const LABELS: readonly (readonly [LabelKind, RegExp])[] = [
  [
    'coordinate',
    /(?:(?:[-–+(]|[a-zđ]\))\s*)?(?:(?:Các\s+)?(?:[Đđ]ơn vị|[Cc]ơ quan|[Tt]ổ chức|[Bb]ộ phận)\s+phối hợp[^:.;]{0,40}|[Pp]hối hợp(?:\s+thực hiện)?)\s*:\s*/uy,
  ],
  [
    'lead',
    /(?:(?:[-–+(]|[a-zđ]\))\s*)?(?:(?:Các\s+)?(?:[Đđ]ơn vị|[Cc]ơ quan|[Tt]ổ chức|[Bb]ộ phận)\s+(?:được\s+giao\s+)?(?:chủ\s+trì|thực\s+hiện|đầu\s+mối|tham\s+mưu)[^:.;]{0,40}|[Cc]hủ\s+trì(?:\s+thực\s+hiện)?|Phân\s+công(?:\s+thực\s+hiện)?)\s*:\s*/uy,
  ],
  [
    'due',
    /(?:(?:[-–+(]|[a-zđ]\))\s*)?(?:[Tt]hời\s+(?:gian|hạn)|[Tt]iến\s+độ|[Hh]oàn\s+thành)(?:\s+(?:thực\s+hiện|hoàn\s+thành|tổ\s+chức))?[^:.;\p{Lu}]{0,20}:\s*/uy,
  ],
  ['content', /(?:(?:[-–+(]|[a-zđ]\))\s*)?Nội\s+dung(?:\s+(?:thực\s+hiện|công\s+việc|nhiệm\s+vụ))?\s*:\s*/uy],
];
