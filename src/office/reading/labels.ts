/** `other`: product, cost, place ...: said of the item above, and no clause. */
export type LabelKind = 'lead' | 'coordinate' | 'due' | 'content' | 'other';

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
  ['other', /(?:(?:[-–+(]|[a-zđ]\))\s*)?(?:Sản\s+phẩm|Kết\s+quả\s+(?:đầu\s+ra|dự\s+kiến|đạt\s+được))[^:.;]{0,30}:\s*/uy],
];

/** Labels only where they follow another label; elsewhere an item may begin so. */
export const FURTHER_LABEL =
  /(?:(?:[-–+(]|[a-zđ]\))\s*)?(?:(?:Nguồn\s+)?[Kk]inh\s+phí|Địa\s+điểm|Hình\s+thức|Đối\s+tượng|Số\s+lượng|Ghi\s+chú|Cấp\s+trình|Người\s+chịu\s+trách\s+nhiệm)[^:.;]{0,30}:\s*/uy;
